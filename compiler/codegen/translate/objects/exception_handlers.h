// Exceptions (section 4.6.3 of the specification's execution, "Exception Handling").
//
// A body with a handler has a dispatch block, which compares the exception's tag with those of the
// clauses. A call in the body is an `invoke` whose landing pad leads there; a `throw` in the body
// is a branch there, so that an exception that does not leave the function costs a few
// instructions, and none for its object if no clause needs that. An exception that no clause
// catches goes on to the next outer dispatch block of the function, or to its caller.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Returns a handler for a body that begins here. It takes effect when its frame is pushed.
Handler openHandler(FunctionBuilder& f, const Inst& inst);

// Ends the current block: passes the exception to `handler`, or to the caller if that is null.
void throwTo(FunctionBuilder& f, Handler* handler, llvm::Value* exception);

// Starts the dispatch block of a handler whose body has ended, and returns true; or returns false
// and deletes the block if nothing can be thrown in the body.
bool startDispatch(FunctionBuilder& f, Handler& handler);

// Returns the exception of a tag with these arguments, a new object.
llvm::Value* newException(FunctionBuilder& f, uint32_t tag, const Values& arguments);

// Returns an i1: whether the exception has this tag.
llvm::Value* hasTag(FunctionBuilder& f, llvm::Value* exception, uint32_t tag);

// Pushes the arguments of an exception, which must have this tag.
void pushArguments(FunctionBuilder& f, llvm::Value* exception, uint32_t tag);

// Adds the code that chooses the clause of a try_table whose frame has been popped. Keeps the
// insertion point.
void emitCatches(FunctionBuilder& f, Frame& frame);

}  // namespace codegen
