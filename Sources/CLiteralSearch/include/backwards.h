/* Searches from a place backwards: where its line begins, and what it stands in. */
#ifndef WINDSOCK_BACKWARDS_H
#define WINDSOCK_BACKWARDS_H

#include <stddef.h>
#include <stdint.h>

/* Offset behind the last line feed in text[lowest..<end]; `lowest` if there is none. */
size_t windsock_line_start(const uint8_t *text, size_t lowest, size_t end);

/* Writes the offsets of the last brackets, at most `capacity`, in text[lowest..<end] that are not closed there, the last
 * one first. Kinds of brackets are not told apart. Returns how many were written. */
size_t windsock_unclosed_brackets(const uint8_t *text, size_t lowest, size_t end, size_t *offsets, size_t capacity);

#endif
