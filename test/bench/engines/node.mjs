// node.mjs FILE [ARGUMENTS]: runs a module with WASI in Node.
import {readFileSync} from 'node:fs';
import {WASI} from 'node:wasi';

const [file, ...words] = process.argv.slice(2);
const wasi = new WASI({version: 'preview1', args: [file, ...words], preopens: {'.': '.'}});
const module = new WebAssembly.Module(readFileSync(file));
process.exitCode = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
