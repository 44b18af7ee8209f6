#ifndef WINDSOCK_CSQLITE_H
#define WINDSOCK_CSQLITE_H

// SQLite for Swift. It is loaded when the first store is opened, for linking to it would make every start of the program
// slower. The portable executable, which asks for no library, has it linked in: `WINDSOCK_SQLITE_IS_LINKED`.

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/// Loads SQLite. Returns NULL, or why it cannot be used. May be called again and from any thread.
const char *windsock_sqlite_load(void);

/// All below: `windsock_sqlite_load` must have succeeded. They are what SQLite calls the same without `windsock_`.
int windsock_sqlite3_open(const char *path, sqlite3 **database, int flags);
int windsock_sqlite3_close(sqlite3 *database);
int windsock_sqlite3_busy_timeout(sqlite3 *database, int milliseconds);
/// Error codes say which of several causes it was.
int windsock_sqlite3_extended_result_codes(sqlite3 *database, int is_on);
const char *windsock_sqlite3_errmsg(sqlite3 *database);
const char *windsock_sqlite3_errstr(int code);
int64_t windsock_sqlite3_last_insert_rowid(sqlite3 *database);
int windsock_sqlite3_changes(sqlite3 *database);
int windsock_sqlite3_libversion_number(void);
/// Of what a file may have in it, nothing is run: no trigger, no view, no function that only a schema calls. Its inner tables stay as they are.
int windsock_sqlite3_distrust(sqlite3 *database);

int windsock_sqlite3_prepare(sqlite3 *database, const char *text, int count, sqlite3_stmt **statement);
int windsock_sqlite3_step(sqlite3_stmt *statement);
int windsock_sqlite3_reset(sqlite3_stmt *statement);
int windsock_sqlite3_finalize(sqlite3_stmt *statement);
/// Parameters are numbered from 1. Texts are copied.
int windsock_sqlite3_bind_text(sqlite3_stmt *statement, int number, const char *text, int count);
int windsock_sqlite3_bind_blob(sqlite3_stmt *statement, int number, const void *bytes, int count);
int windsock_sqlite3_bind_integer(sqlite3_stmt *statement, int number, int64_t value);
int windsock_sqlite3_bind_double(sqlite3_stmt *statement, int number, double value);
int windsock_sqlite3_bind_null(sqlite3_stmt *statement, int number);
/// Columns are numbered from 0. A text lives until the next step.
int windsock_sqlite3_column_type(sqlite3_stmt *statement, int number);
const unsigned char *windsock_sqlite3_column_text(sqlite3_stmt *statement, int number);
const void *windsock_sqlite3_column_blob(sqlite3_stmt *statement, int number);
int windsock_sqlite3_column_bytes(sqlite3_stmt *statement, int number);
int64_t windsock_sqlite3_column_integer(sqlite3_stmt *statement, int number);
double windsock_sqlite3_column_double(sqlite3_stmt *statement, int number);

#endif
