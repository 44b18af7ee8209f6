/* Looks for one literal in a short stretch of bytes, ASCII case ignored. */
#ifndef WINDSOCK_CASELESS_H
#define WINDSOCK_CASELESS_H

#include <stddef.h>
#include <stdint.h>

/* Offset of the first; -1 if there is none. `literal` is lower case. An empty one stands everywhere. */
ptrdiff_t windsock_find_caseless(const uint8_t *text, size_t length, const uint8_t *literal, size_t literal_length);

#endif
