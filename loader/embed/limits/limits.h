// The implementations of wasm2obj_limits_t and wasm2obj_account_t.
#pragma once

#include <memory>

#include "loader/embed/wasm2obj.h"
#include "runtime/store.h"

// Limits, and the account that stores take of besides.
struct wasm2obj_limits_t {
  runtime::Limits limits;
  std::shared_ptr<runtime::Account> outer;  // or null
};

// An account, which stores and limits have as well.
struct wasm2obj_account_t {
  std::shared_ptr<runtime::Account> account;
};

namespace embed {

// Return a new account and the options of a new store with these limits, null for the default ones.
std::shared_ptr<runtime::Account> newAccount(const wasm2obj_limits_t* limits);
runtime::StoreOptions storeOptions(const wasm2obj_limits_t* limits);

}  // namespace embed
