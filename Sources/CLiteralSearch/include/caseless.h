/* Looks for one literal in a short stretch of bytes, ASCII case ignored. */
#ifndef WINDSOCK_CASELESS_H
#define WINDSOCK_CASELESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `literal` is lower case. An empty one stands everywhere. */
bool windsock_holds_caseless(const uint8_t *text, size_t length, const uint8_t *literal, size_t literal_length);

#endif
