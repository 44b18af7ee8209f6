#ifndef WINDSOCK_CTOML_H
#define WINDSOCK_CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* TOML text, read with toml++ and laid out flat, so that Swift sees neither C++ nor its exceptions. */

typedef enum {
    WINDSOCK_TOML_TABLE,
    WINDSOCK_TOML_ARRAY,
    WINDSOCK_TOML_STRING,
    WINDSOCK_TOML_INTEGER,
    WINDSOCK_TOML_NUMBER,
    WINDSOCK_TOML_BOOLEAN,
    /* A date, a time or both. */
    WINDSOCK_TOML_TIME,
} windsock_toml_kind;

typedef struct {
    windsock_toml_kind kind;
    /* 1-based; of a table, where its header or its brace stands; 0 where it has neither. */
    uint32_t line;
    /* How many nodes follow that stand within this one, one by one and not those within them. */
    size_t count;
    /* The name under which it stands in a table, UTF-8; NULL in an array. */
    const char *key;
    size_t key_length;
    /* Of a string, UTF-8. */
    const char *text;
    size_t text_length;
    /* Of an integer and a boolean. */
    int64_t integer;
    /* Of a number that is no integer. */
    double number;
} windsock_toml_node;

typedef struct windsock_toml_document windsock_toml_document;

/* Reads a text, which may hold any byte. NULL where there is no memory. */
windsock_toml_document *windsock_toml_read(const char *text, size_t length);

/* The nodes, the whole file's table first, each before those within it; NULL where the text is not TOML. */
const windsock_toml_node *windsock_toml_nodes(const windsock_toml_document *document);

/* What is wrong with the text, and in which line, 1-based; NULL where nothing is. */
const char *windsock_toml_problem(const windsock_toml_document *document, uint32_t *line);

/* Nodes, keys and texts are the document's, and end with it. */
void windsock_toml_free(windsock_toml_document *document);

#ifdef __cplusplus
}
#endif

#endif
