#ifndef WINDSOCK_CCURL_H
#define WINDSOCK_CCURL_H

// libcurl for Swift. Three things Swift cannot have from the library's own header:
//
// - its options are set through a variadic function, so that there is one function here for each kind of value;
// - it and the thirty libraries it needs are loaded when the first request is made, for linking to them would make
//   every start of the program slower by half;
// - its memory is wiped before it is given back, for requests hold keys.

#include <curl/curl.h>
#include <stddef.h>
#include <sys/socket.h>

/// Loads and initialises libcurl. Returns NULL, or why it cannot be used. May be called again and from any thread.
const char *windsock_curl_load(void);

/// All below: `windsock_curl_load` must have succeeded.
const char *windsock_curl_version(void);
CURL *windsock_curl_new(void);
void windsock_curl_free(CURL *handle);
/// Forgets options, keeps connections.
void windsock_curl_reset(CURL *handle);
CURLcode windsock_curl_perform(CURL *handle);
const char *windsock_curl_error(CURLcode code);

CURLcode windsock_curl_set_number(CURL *handle, CURLoption option, long value);
/// No protocol but one, neither in a request nor in a redirect: https, or http where that is asked for.
CURLcode windsock_curl_allow_only(CURL *handle, int is_http);
/// Texts, which libcurl copies, and lists, which must live until the request is over.
CURLcode windsock_curl_set_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode windsock_curl_get_number(CURL *handle, CURLINFO info, long *value);
CURLcode windsock_curl_get_large_number(CURL *handle, CURLINFO info, curl_off_t *value);
/// The text belongs to libcurl and lives until the next request.
CURLcode windsock_curl_get_text(CURL *handle, CURLINFO info, const char **value);

/// Takes bytes of the body or a line of the header; what it returns other than `count` ends the transfer.
typedef size_t (*windsock_curl_receive)(const char *bytes, size_t count, void *context);
/// Whether a connection to this address may be made: 1 or 0.
typedef int (*windsock_curl_may_connect)(const struct sockaddr *address, void *context);
/// Called on an open connection directly before a request is sent: 1 to go on, 0 not to send it.
typedef int (*windsock_curl_may_send)(void *context);
/// Called about once a second and on progress: 1 to go on, 0 to end the transfer.
typedef int (*windsock_curl_may_go_on)(void *context);

typedef struct {
    windsock_curl_receive receive_body;
    windsock_curl_receive receive_header;
    windsock_curl_may_connect may_connect;
    windsock_curl_may_send may_send;
    windsock_curl_may_go_on may_go_on;
    void *context;
} windsock_curl_callbacks;

/// The callbacks must live until the request is over.
CURLcode windsock_curl_set_callbacks(CURL *handle, const windsock_curl_callbacks *callbacks);

/// NULL when there is no memory; the list is unchanged then.
struct curl_slist *windsock_curl_append(struct curl_slist *list, const char *text);
void windsock_curl_free_list(struct curl_slist *list);

/// Overwrites memory with zeros; no optimiser takes this away.
void windsock_wipe(void *memory, size_t count);

/// No core dump of this process, by limit and, on Linux, by flag, which also keeps other processes from reading its
/// memory; and no file of TLS keys, which libcurl writes where SSLKEYLOGFILE says. Returns 0, or the error number.
/// To be called before there is another thread.
int windsock_protect_process(void);

#endif
