#define _GNU_SOURCE
#include "CSQLite.h"

#include <dlfcn.h>
#include <pthread.h>

// Each function that is used, by the name that SQLite has for it.
#define FUNCTIONS(each)                                                                                                \
    each(open_v2) each(close_v2) each(busy_timeout) each(extended_result_codes) each(errmsg) each(errstr)              \
    each(last_insert_rowid) each(changes) each(libversion_number) each(prepare_v2) each(step) each(reset)              \
    each(finalize) each(bind_text) each(bind_int64) each(bind_double) each(bind_null) each(column_type)                \
    each(column_text) each(column_bytes) each(column_int64) each(column_double) each(bind_blob) each(column_blob)      \
    each(db_config)

#define MEMBER(name) __typeof__(&sqlite3_##name) name;
static struct {
    FUNCTIONS(MEMBER)
} sqlite;

// UPSERT is of 3.24, VACUUM INTO of 3.27, RETURNING of 3.35: Debian 12 has 3.40.
enum { oldest_version = 3035000 };

static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#ifdef WINDSOCK_SQLITE_IS_LINKED

#define LINK(name) sqlite.name = sqlite3_##name;
static int find_functions(void) {
    FUNCTIONS(LINK)
    return 1;
}

#else

static void *open_library(void) {
#ifdef __APPLE__
    return dlopen("/usr/lib/libsqlite3.dylib", RTLD_NOW | RTLD_LOCAL);
#else
    return dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
#endif
}

static int find_functions(void) {
    void *library = open_library();
    if (!library) {
        failure = "SQLite is not installed (Debian: apt-get install libsqlite3-0)";
        return 0;
    }
#define FIND(name)                                                                                                     \
    if (!(*(void **)&sqlite.name = dlsym(library, "sqlite3_" #name))) {                                                \
        failure = "the installed SQLite lacks sqlite3_" #name;                                                         \
        return 0;                                                                                                      \
    }
    FUNCTIONS(FIND)
    return 1;
}

#endif

static void load(void) {
    if (find_functions() && sqlite.libversion_number() < oldest_version)
        failure = "the installed SQLite is older than 3.35";
}

const char *windsock_sqlite_load(void) {
    pthread_once(&once, load);
    return failure;
}

int windsock_sqlite3_open(const char *path, sqlite3 **database, int flags) {
    return sqlite.open_v2(path, database, flags, NULL);
}
int windsock_sqlite3_close(sqlite3 *database) { return sqlite.close_v2(database); }
int windsock_sqlite3_busy_timeout(sqlite3 *database, int milliseconds) {
    return sqlite.busy_timeout(database, milliseconds);
}
int windsock_sqlite3_extended_result_codes(sqlite3 *database, int is_on) {
    return sqlite.extended_result_codes(database, is_on);
}
const char *windsock_sqlite3_errmsg(sqlite3 *database) { return sqlite.errmsg(database); }
const char *windsock_sqlite3_errstr(int code) { return sqlite.errstr(code); }
int64_t windsock_sqlite3_last_insert_rowid(sqlite3 *database) { return sqlite.last_insert_rowid(database); }
int windsock_sqlite3_changes(sqlite3 *database) { return sqlite.changes(database); }
int windsock_sqlite3_libversion_number(void) { return sqlite.libversion_number(); }

int windsock_sqlite3_distrust(sqlite3 *database) {
    static const struct {
        int setting, value;
    } all[] = {
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},   {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int code = sqlite.db_config(database, all[i].setting, all[i].value, (int *)0);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

int windsock_sqlite3_prepare(sqlite3 *database, const char *text, int count, sqlite3_stmt **statement) {
    return sqlite.prepare_v2(database, text, count, statement, NULL);
}
int windsock_sqlite3_step(sqlite3_stmt *statement) { return sqlite.step(statement); }
int windsock_sqlite3_reset(sqlite3_stmt *statement) { return sqlite.reset(statement); }
int windsock_sqlite3_finalize(sqlite3_stmt *statement) { return sqlite.finalize(statement); }
int windsock_sqlite3_bind_text(sqlite3_stmt *statement, int number, const char *text, int count) {
    return sqlite.bind_text(statement, number, text, count, SQLITE_TRANSIENT);
}
int windsock_sqlite3_bind_blob(sqlite3_stmt *statement, int number, const void *bytes, int count) {
    return sqlite.bind_blob(statement, number, bytes, count, SQLITE_TRANSIENT);
}
int windsock_sqlite3_bind_integer(sqlite3_stmt *statement, int number, int64_t value) {
    return sqlite.bind_int64(statement, number, value);
}
int windsock_sqlite3_bind_double(sqlite3_stmt *statement, int number, double value) {
    return sqlite.bind_double(statement, number, value);
}
int windsock_sqlite3_bind_null(sqlite3_stmt *statement, int number) { return sqlite.bind_null(statement, number); }
int windsock_sqlite3_column_type(sqlite3_stmt *statement, int number) { return sqlite.column_type(statement, number); }
const unsigned char *windsock_sqlite3_column_text(sqlite3_stmt *statement, int number) {
    return sqlite.column_text(statement, number);
}
const void *windsock_sqlite3_column_blob(sqlite3_stmt *statement, int number) {
    return sqlite.column_blob(statement, number);
}
int windsock_sqlite3_column_bytes(sqlite3_stmt *statement, int number) {
    return sqlite.column_bytes(statement, number);
}
int64_t windsock_sqlite3_column_integer(sqlite3_stmt *statement, int number) {
    return sqlite.column_int64(statement, number);
}
double windsock_sqlite3_column_double(sqlite3_stmt *statement, int number) {
    return sqlite.column_double(statement, number);
}
