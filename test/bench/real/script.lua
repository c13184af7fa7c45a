local function sieve(n)
  local composite, count = {}, 0
  for i = 2, n do
    if not composite[i] then
      count = count + 1
      for j = i * i, n, i do composite[j] = true end
    end
  end
  return count
end

local Account = {}
Account.__index = Account
function Account.new(balance) return setmetatable({balance = balance, log = {}}, Account) end
function Account:deposit(amount)
  self.balance = self.balance + amount
  self.log[#self.log + 1] = amount
end

local function accounts(n)
  local all, sum = {}, 0
  for i = 1, 50 do all[i] = Account.new(i) end
  for i = 1, n do all[i % 50 + 1]:deposit(i % 17) end
  for _, account in ipairs(all) do sum = sum + account.balance + #account.log end
  return sum
end

local function words(n)
  local seen, parts = {}, {}
  for i = 1, n do
    local word = string.format("w%d", i * 7919 % 1009)
    seen[word] = (seen[word] or 0) + 1
    parts[#parts + 1] = word:upper() .. (i % 3 == 0 and "-" or " ")
  end
  local text, vowels, longest = table.concat(parts), 0, 0
  for word in text:gmatch("%w+") do longest = math.max(longest, #word) end
  for i = 1, #text do
    local c = text:byte(i)
    if c == 49 or c == 53 then vowels = vowels + 1 end
  end
  local _, replaced = text:gsub("W(%d)%d*%-", "%1")
  return vowels, longest, replaced, text:find("W1008 ", 1, true) ~= nil
end

local function spectral(n)
  local function a(i, j) return 1 / ((i + j) * (i + j + 1) / 2 + i + 1) end
  local u, v = {}, {}
  for i = 1, n do u[i] = 1 end
  for _ = 1, 3 do
    for i = 1, n do
      local sum = 0
      for j = 1, n do sum = sum + a(i - 1, j - 1) * u[j] end
      v[i] = sum
    end
    u, v = v, u
  end
  return u[1] / u[n]
end

local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end

local function permutations(n)
  local items, count = {}, 0
  for i = 1, n do items[i] = i end
  local function go(k)
    if k == 1 then count = count + items[1] * items[n] return end
    for i = 1, k do
      go(k - 1)
      local j = k % 2 == 0 and i or 1
      items[j], items[k] = items[k], items[j]
    end
  end
  go(n)
  return count
end

local function sorted(n)
  local list, x = {}, 42
  for i = 1, n do
    x = (x * 1103515245 + 12345) & 0x7fffffff
    list[i] = x
  end
  table.sort(list, function(p, q) return p % 1000 < q % 1000 or p % 1000 == q % 1000 and p < q end)
  return list[1] + list[n // 2] + list[n]
end

print(sieve(400000), accounts(300000))
print(words(20000))
print(string.format("%.9f", spectral(160)))
print(fib(25), permutations(8), sorted(20000))
