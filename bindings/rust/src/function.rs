//! Functions of guests.

use std::marker::PhantomData;
use std::os::raw::c_int;

use crate::error::{check, Error};
use crate::panics;
use crate::reference::Ref;
use crate::sys;
use crate::value::{Params, Results, Type, Value, ZERO};

/// A function with its type.
pub struct Function<'a> {
    reference: Ref<'a>,
    parameters: Vec<Type>,
    results: Vec<Type>,
}

impl<'a> Function<'a> {
    /// Fails if the reference is not to a function.
    pub(crate) fn new(reference: Ref<'a>) -> Result<Function<'a>, Error> {
        let (parameter_count, result_count) = copy_type(&reference, &mut [])?;
        let mut types = vec![0; parameter_count + result_count];
        copy_type(&reference, &mut types)?;
        let types: Vec<Type> = types.into_iter().map(Type::from_raw).collect();
        let (parameters, results) = types.split_at(parameter_count);
        Ok(Function { parameters: parameters.into(), results: results.into(), reference })
    }

    /// Returns the types of the parameters.
    pub fn parameters(&self) -> &[Type] {
        &self.parameters
    }

    /// Returns the types of the results.
    pub fn results(&self) -> &[Type] {
        &self.results
    }

    /// Returns the reference to the function.
    pub fn into_ref(self) -> Ref<'a> {
        self.reference
    }

    /// Returns the function as one with these types. Fails if it has others.
    pub fn typed<P: Params<'a>, R: Results<'a>>(self) -> Result<TypedFunction<'a, P, R>, Error> {
        if self.parameters == P::TYPES && self.results == R::types() {
            return Ok(TypedFunction { reference: self.reference, types: PhantomData });
        }
        Err(Error::of_use(format!(
            "the function has the type {:?} -> {:?}, not {:?} -> {:?}",
            self.parameters,
            self.results,
            P::TYPES,
            R::types()
        )))
    }

    /// Calls the function. Fails with the kind `Use`, without calling it, if the arguments do not
    /// fit; with the other kinds if the guest traps, exits or throws.
    pub fn call(&self, arguments: &[Value<'_>]) -> Result<Vec<Value<'a>>, Error> {
        let arguments: Vec<sys::Value> = arguments.iter().map(Value::to_raw).collect();
        let mut results = vec![ZERO; self.results.len()];
        let outcome = call(&self.reference, &arguments, &mut results);
        let owner = self.reference.owner();
        panics::resumed(outcome.map(|()| {
            results.into_iter().map(|raw| unsafe { Value::from_raw(raw, owner) }).collect()
        }))
    }
}

/// A function with parameters and results of these types.
pub struct TypedFunction<'a, P, R> {
    reference: Ref<'a>,
    types: PhantomData<fn(P) -> R>,
}

impl<'a, P: Params<'a>, R: Results<'a>> TypedFunction<'a, P, R> {
    /// Calls the function. Fails with the kind `Use`, without calling it, if a reference is not of
    /// the type of its parameter or of another store; with the other kinds if the guest traps,
    /// exits or throws.
    pub fn call(&self, parameters: P) -> Result<R, Error> {
        let mut results = R::EMPTY;
        let outcome = call(&self.reference, parameters.to_raw().as_ref(), results.as_mut());
        let owner = self.reference.owner();
        panics::resumed(outcome.map(|()| unsafe { R::from_raw(results, owner) }))
    }
}

/// Copies the types of parameters and results, as far as there is room, and returns their numbers.
fn copy_type(function: &Ref<'_>, types: &mut [c_int]) -> Result<(usize, usize), Error> {
    let (mut parameters, mut results) = (0, 0);
    check(unsafe {
        sys::wasm2obj_ref_function_type(
            function.as_ptr(),
            types.as_mut_ptr(),
            types.len(),
            &mut parameters,
            &mut results,
        )
    })?;
    Ok((parameters, results))
}

/// Calls a function, whose results are as many as `results`. The caller goes on with panics.
fn call(
    function: &Ref<'_>,
    arguments: &[sys::Value],
    results: &mut [sys::Value],
) -> Result<(), Error> {
    function.owner().check(unsafe {
        sys::wasm2obj_ref_call(
            function.as_ptr(),
            arguments.as_ptr(),
            arguments.len(),
            results.as_mut_ptr(),
            results.len(),
        )
    })
}
