// ECMAScript 5.
function sieve(n) {
  var composite = [], count = 0;
  for (var i = 0; i <= n; ++i) composite[i] = 0;
  for (i = 2; i <= n; ++i) {
    if (composite[i]) continue;
    ++count;
    for (var j = i * 2; j <= n; j += i) composite[j] = 1;
  }
  return count;
}

function Account(balance) {
  this.balance = balance;
  this.log = [];
}
Account.prototype.deposit = function (amount) {
  this.balance += amount;
  this.log[this.log.length] = amount;
};

function accounts(n) {
  var all = [], sum = 0;
  for (var i = 0; i < 50; ++i) all.push(new Account(i));
  for (i = 0; i < n; ++i) all[i % 50].deposit(i % 17);
  all.forEach(function (account) { sum += account.balance + account.log.length; });
  return sum;
}

function words(n) {
  var seen = {}, parts = [], different = 0;
  for (var i = 0; i < n; ++i) {
    var word = 'w' + i * 7919 % 1009;
    seen[word] = (seen[word] || 0) + 1;
    parts.push(word.toUpperCase());
  }
  for (var name in seen) different += seen[name] > 1 ? 1 : 0;
  var text = parts.join(' '), ones = 0;
  for (i = 0; i < 20000; ++i) if (text.charCodeAt(i) === 49) ++ones;
  return different + ' ' + ones + ' ' + text.replace(/W(\d)\d*1 /g, '$1').length;
}

function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

function spectral(n) {
  function a(i, j) { return 1 / ((i + j) * (i + j + 1) / 2 + i + 1); }
  var u = [], v = [];
  for (var i = 0; i < n; ++i) u[i] = 1;
  for (var times = 0; times < 3; ++times) {
    for (i = 0; i < n; ++i) {
      var sum = 0;
      for (var j = 0; j < n; ++j) sum += a(i, j) * u[j];
      v[i] = sum;
    }
    var t = u;
    u = v;
    v = t;
  }
  return (u[0] / u[n - 1]).toFixed(9);
}

function sorted(n) {
  var list = [], x = 42;
  for (var i = 0; i < n; ++i) {
    x = (x * 16807) % 2147483647;
    list.push(x);
  }
  list.sort(function (p, q) { return p % 1000 - q % 1000 || p - q; });
  return list[0] + list[n >> 1] + list[n - 1];
}

function json(n) {
  var rows = [];
  for (var i = 0; i < n; ++i) rows.push({id: i, name: 'row ' + i, tags: [i % 3, i % 5], ok: i % 2 === 0});
  var text = JSON.stringify(rows);
  return text.length + JSON.parse(text)[n - 1].tags[1];
}

print([sieve(60000), accounts(60000), words(6000), fib(20), spectral(70), sorted(5000), json(1500)].join(','));
