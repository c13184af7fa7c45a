// SQLite: a database in memory that is filled, indexed, joined, aggregated, changed and searched.
#include <sqlite3.h>

#include "input.h"

// SQLite wants a file system even if it never opens a file.
static int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  (void)vfs, (void)name, (void)file, (void)flags, (void)out;
  return SQLITE_CANTOPEN;
}

static int fullPath(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  (void)vfs;
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

static int randomness(sqlite3_vfs* vfs, int size, char* out) {
  (void)vfs;
  memset(out, 7, size);
  return size;
}

static int currentTime(sqlite3_vfs* vfs, double* day) {
  (void)vfs;
  *day = 2460000.5;
  return SQLITE_OK;
}

int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {.iVersion = 1,
                            .szOsFile = sizeof(sqlite3_file),
                            .mxPathname = 100,
                            .zName = "none",
                            .xOpen = openFile,
                            .xFullPathname = fullPath,
                            .xRandomness = randomness,
                            .xCurrentTime = currentTime};
  return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

static int printRow(void* unused, int count, char** values, char** names) {
  (void)unused, (void)names;
  for (int i = 0; i < count; ++i) printf("%s%s", i ? "|" : "", values[i] ? values[i] : "null");
  puts("");
  return 0;
}

static void execute(sqlite3* db, const char* sql) {
  inputCheck(sqlite3_exec(db, sql, printRow, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

static void insertOrders(sqlite3* db, int count) {
  sqlite3_stmt* insert;
  uint64_t state = 14;
  sqlite3_prepare_v2(db, "insert into orders values (?, ?, ?, ?)", -1, &insert, NULL);
  for (int i = 0; i < count; ++i) {
    char word[16];
    size_t length = inputWord(word, inputSkewed(&state, 3000));
    sqlite3_bind_int(insert, 1, i);
    sqlite3_bind_int(insert, 2, (int)(inputNext(&state) % 1000));
    sqlite3_bind_text(insert, 3, word, (int)length, SQLITE_STATIC);
    sqlite3_bind_double(insert, 4, inputNext(&state) % 10000 / 4.0);
    inputCheck(sqlite3_step(insert) == SQLITE_DONE, "insert");
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

static const char* const kQueries[] = {
    "create index by_item on orders (item)",
    "create table customers (id integer primary key, name text, city text)",
    "with recursive c(n) as (select 0 union all select n + 1 from c where n < 999)"
    " insert into customers select n, 'name' || n, 'city' || n % 37 from c",
    "select count(*), sum(price), max(item) from orders where item like '%ta%'",
    "select city, count(*), round(avg(price), 3) from orders join customers on customer = "
    "customers.id"
    " group by city order by 3 desc limit 5",
    "update orders set price = price + 1 where customer % 7 = 3",
    "delete from orders where item between 'b' and 'e'",
    "select count(distinct item), group_concat(distinct length(item)) from orders",
    "select o.item, count(*) from orders o where exists (select 1 from orders p where p.item = "
    "o.item"
    " and p.price > o.price + 2400) group by 1 order by 2 desc, 1 limit 5",
    "with recursive t(a, b) as (select 1, 1 union all select a + 1, (b * 1103515245 + 12345) % "
    "2147483648"
    " from t where a < 60000) select sum(b), min(b), count(distinct b % 1000) from t",
    "select customer, item, sum(price) over (partition by customer order by id) s from orders"
    " order by s desc, id limit 3"};

int main(void) {
  sqlite3* db;
  inputCheck(sqlite3_open(":memory:", &db) == SQLITE_OK, "open");
  benchBegin();
  execute(
      db,
      "create table orders (id integer primary key, customer int, item text, price real); begin");
  insertOrders(db, 60000);
  execute(db, "commit");
  for (size_t i = 0; i < sizeof kQueries / sizeof *kQueries; ++i) execute(db, kQueries[i]);
  benchEnd();
  sqlite3_close(db);
}
