// wazerorun CACHE FILE [ARGUMENTS]: runs a module with WASI in wazero. Compiled code is kept in CACHE.
// What wazero's own command lacks is a clock of processor time.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
	"golang.org/x/sys/unix"
)

func threadTime() int64 {
	var time unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &time); err != nil {
		panic(err)
	}
	return time.Nano()
}

func run(cacheFolder, file string, arguments []string) error {
	ctx := context.Background()
	cache, err := wazero.NewCompilationCacheWithDir(cacheFolder)
	if err != nil {
		return err
	}
	engine := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler().WithCompilationCache(cache))
	wasi_snapshot_preview1.MustInstantiate(ctx, engine)
	module, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	compiled, err := engine.CompileModule(ctx, module)
	if err != nil {
		return err
	}
	config := wazero.NewModuleConfig().WithArgs(append([]string{file}, arguments...)...).
		WithStdin(os.Stdin).WithStdout(os.Stdout).WithStderr(os.Stderr).
		WithNanotime(threadTime, 1).
		WithFSConfig(wazero.NewFSConfig().WithDirMount(".", "."))
	_, err = engine.InstantiateModule(ctx, compiled, config)
	return err
}

func main() {
	runtime.LockOSThread()
	err := run(os.Args[1], os.Args[2], os.Args[3:])
	var ended *sys.ExitError
	if errors.As(err, &ended) {
		os.Exit(int(ended.ExitCode()))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "wazerorun:", err)
		os.Exit(1)
	}
}
