// node node_driver.mjs JOB: makes the calls that the file JOB lists and writes their outcomes as
// 64-bit words, which outcome.h reads. Without JOB it prints which features this Node.js has, and
// fails if it lacks one that all modules need.
import { readFileSync, writeFileSync } from "node:fs";

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const accepts = (...section) => WebAssembly.validate(new Uint8Array([...header, ...section]));

if (process.argv.length < 3) {
  const memory64 = accepts(5, 3, 1, 4, 1);
  const severalMemories = accepts(5, 5, 2, 0, 1, 0, 1);
  // A struct type, and a function with a try_table.
  const objects = accepts(1, 3, 1, 0x5f, 0) && accepts(
    1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x1f, 0x40, 0, 0x0b, 0x0b);
  // A function that only calls itself, and one that makes a vector.
  const tailCalls = accepts(1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0x12, 0, 0x0b);
  const vectors = accepts(
    1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b);
  if (!tailCalls || !vectors) {
    console.error(`Node.js ${process.version} has no tail calls or no vectors; take 20 or later`);
    process.exit(1);
  }
  const features = [memory64, severalMemories, objects].map(Number);
  console.log(`${process.version} ${features.join(" ")}`);
  process.exit(0);
}

// The values of `End`.
const ends = [
  [/^unreachable/, 1],
  [/^memory access out of bounds|data segment out of bounds/, 2],
  [/^table|^element segment|^element segment out of bounds/, 3],
  [/^null function|signature mismatch|^dereferencing a null|^rethrowing null/, 4],
  [/^divide by zero|^remainder by zero/, 5],
  [/^divide result unrepresentable|^float unrepresentable/, 6],
  [/^illegal cast/, 8],
  [/^array element access out of bounds/, 9],
  [/^requested new array is too large/, 10],
  [/unaligned/, 14],
  [/^Atomics.wait/, 15],
];
function endOf(error) {
  if (error instanceof WebAssembly.Exception) return 11;
  if (error instanceof RangeError && /call stack/.test(error.message)) return 7;
  if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  const row = ends.find(([pattern]) => pattern.test(error.message));
  if (row === undefined) throw new Error(`an unknown trap: ${error.message}`);
  return row[1];
}

// A hash of an uncaught exception, as in behavior.cpp: the number of its tag and an integer.
const integers = { t1: 0, t2: 0, t3: 1, t6: 0 };  // indices of parameters
function hashOf(exception, exports) {
  for (let i = 0; exports["t" + i]; ++i) {
    const tag = exports["t" + i];
    if (!exception.is(tag)) continue;
    const index = integers["t" + i];
    const integer = index === undefined ? 0 : exception.getArg(tag, index);
    return BigInt(i + 1) * 1000003n + BigInt(integer);
  }
  return 0n;
}

// As HostCalls does.
class HostCalls {
  static withMemory = 8;
  hash = 0;
  calls = 0;
  add(word) {
    this.hash = Math.imul(this.hash ^ word, 0x01000193);
    this.hash ^= this.hash >>> 15;
  }
  add64(word) {
    this.add(Number(BigInt.asIntN(32, word)));
    this.add(Number(BigInt.asIntN(32, word >> 32n)));
  }
  observe(first, second) {
    this.add(first);
    this.add64(second);
    if (this.exports.g0) this.add(this.exports.g0.value);
    if (this.exports.g1) this.add64(this.exports.g1.value);
    if (this.exports.g3) this.add(this.exports.g3.value);
    if (++this.calls <= HostCalls.withMemory) {
      for (const memory of memoriesOf(this.exports)) {
        const words = new Int32Array(memory.buffer);
        for (let i = 0; i < words.length; ++i) if (words[i] !== 0) this.add((words[i] + 4 * i) | 0);
      }
    }
    return first ^ Number(BigInt.asIntN(32, second));
  }
  again(first, second) {
    return this.exports.f3?.(first, second) ?? 0;
  }
}

const job = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const module = new WebAssembly.Module(readFileSync(job.module));
// A module that has been reduced may lack some exports.
const range = (count, item) => Array.from({ length: count }, (_, i) => item(i));
const memoriesOf = (exports) =>
  range(job.memories, (i) => exports["memory" + (i || "")]).filter((memory) => memory);

const float = new Float64Array(1);
const floatBits = new BigUint64Array(float.buffer);
function bitsOf(value) {
  if (typeof value === "bigint") return BigInt.asUintN(64, value);
  return BigInt(value >>> 0);
}
// $g2 is of type f64, the others are integers.
function globalsOf(exports) {
  const words = [];
  for (const name of ["g0", "g1", "g2", "g3"]) {
    if (!exports[name]) continue;
    float[0] = name === "g2" ? exports.g2.value : 0;
    words.push(name === "g2" ? floatBits[0] : bitsOf(exports[name].value));
  }
  return words;
}

let before;
function stateOf(memory, old) {
  const now = new BigUint64Array(memory.buffer);
  const words = [];
  for (let i = 0; i < now.length; ++i) {
    const was = i < old.length ? old[i] : 0n;
    if (now[i] !== was) words.push(BigInt(8 * i), was, now[i]);
  }
  return [BigInt(memory.buffer.byteLength), BigInt(words.length / 3), ...words];
}

function outcomeOf(call) {
  const host = new HostCalls();
  const { exports } = new WebAssembly.Instance(module, {
    host: {
      observe: (first, second) => host.observe(first, second),
      again: (first, second) => host.again(first, second),
      tag: new WebAssembly.Tag({ parameters: ["i32"] }),
      global: new WebAssembly.Global({ value: "i32", mutable: true }, job.importedGlobal),
    },
  });
  host.exports = exports;
  before ??= memoriesOf(exports).map((memory) => new BigUint64Array(memory.buffer.slice(0)));
  let end = 0;
  let result = 0n;
  try {
    result = exports[call.f](call.a | 0, call.b | 0, BigInt(call.l), Number(call.d));
  } catch (error) {
    end = endOf(error);
    if (error instanceof WebAssembly.Exception) result = hashOf(error, exports);
  }
  const functions = range(job.functions, (i) => exports["f" + i]);
  const table = range(exports.table?.length ?? 0, (i) => exports.table.get(i));
  const globals = globalsOf(exports);
  const memories = memoriesOf(exports);
  return [
    BigInt(end), bitsOf(result), BigInt(host.hash >>> 0),
    BigInt(globals.length), ...globals,
    BigInt(table.length), ...table.map((f) => BigInt(f === null ? 0 : functions.indexOf(f) + 1)),
    bitsOf(exports.objects?.() ?? 0),
    BigInt(memories.length), ...memories.flatMap((memory, i) => stateOf(memory, before[i])),
  ];
}

const words = [];
for (const call of job.calls) for (const word of outcomeOf(call)) words.push(word);
writeFileSync(job.outcomes, new Uint8Array(BigUint64Array.from(words).buffer));
