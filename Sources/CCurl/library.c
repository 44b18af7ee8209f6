#define _GNU_SOURCE
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct {
    CURLcode (*global_init_mem)(long, curl_malloc_callback, curl_free_callback, curl_realloc_callback,
                                curl_strdup_callback, curl_calloc_callback);
    char *(*version)(void);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    void (*easy_reset)(CURL *);
    CURLcode (*easy_perform)(CURL *);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    const char *(*easy_strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
} curl;

// MARK: Memory that is wiped

// In front of every block stands its size; the block keeps malloc's alignment.
enum { header = 16 };

static void *take(size_t count) {
    if (count > SIZE_MAX - header) return NULL;
    char *block = malloc(count + header);
    if (!block) return NULL;
    *(size_t *)block = count;
    return block + header;
}

static void give_back(void *memory) {
    if (!memory) return;
    char *block = (char *)memory - header;
    windsock_wipe(block, *(size_t *)block + header);
    free(block);
}

static void *take_zeroed(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
    void *memory = take(bytes);
    if (memory) memset(memory, 0, bytes);
    return memory;
}

static void *resize(void *memory, size_t count) {
    void *larger = take(count);
    if (!larger || !memory) return larger;
    size_t old = *(size_t *)((char *)memory - header);
    memcpy(larger, memory, old < count ? old : count);
    give_back(memory);
    return larger;
}

static char *duplicate(const char *text) {
    size_t count = strlen(text) + 1;
    char *copy = take(count);
    if (copy) memcpy(copy, text, count);
    return copy;
}

// MARK: Loading

static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *open_library(void) {
#ifdef __APPLE__
    static const char *const names[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (library) return library;
    }
    return NULL;
}

static void load(void) {
    void *library = open_library();
    if (!library) {
        failure = "libcurl is not installed (Debian: apt-get install libcurl4)";
        return;
    }
    const struct {
        const char *name;
        void **place;
    } symbols[] = {
        {"curl_global_init_mem", (void **)&curl.global_init_mem},
        {"curl_version", (void **)&curl.version},
        {"curl_easy_init", (void **)&curl.easy_init},
        {"curl_easy_cleanup", (void **)&curl.easy_cleanup},
        {"curl_easy_reset", (void **)&curl.easy_reset},
        {"curl_easy_perform", (void **)&curl.easy_perform},
        {"curl_easy_setopt", (void **)&curl.easy_setopt},
        {"curl_easy_getinfo", (void **)&curl.easy_getinfo},
        {"curl_easy_strerror", (void **)&curl.easy_strerror},
        {"curl_slist_append", (void **)&curl.slist_append},
        {"curl_slist_free_all", (void **)&curl.slist_free_all},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(library, symbols[i].name);
        if (!*symbols[i].place) {
            failure = "the installed libcurl is too old";
            return;
        }
    }
    if (curl.global_init_mem(CURL_GLOBAL_DEFAULT, take, give_back, resize, duplicate, take_zeroed) != CURLE_OK)
        failure = "libcurl could not be initialised";
}

const char *windsock_curl_load(void) {
    pthread_once(&once, load);
    return failure;
}

// MARK: Calls

const char *windsock_curl_version(void) { return curl.version(); }
CURL *windsock_curl_new(void) { return curl.easy_init(); }
void windsock_curl_free(CURL *handle) { curl.easy_cleanup(handle); }
void windsock_curl_reset(CURL *handle) { curl.easy_reset(handle); }
CURLcode windsock_curl_perform(CURL *handle) { return curl.easy_perform(handle); }
const char *windsock_curl_error(CURLcode code) { return curl.easy_strerror(code); }

CURLcode windsock_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl.easy_setopt(handle, option, value);
}

CURLcode windsock_curl_allow_only(CURL *handle, int is_http) {
    // By number, for older headers lack the one and newer ones deprecate the other: CURLOPT_PROTOCOLS_STR and
    // CURLOPT_REDIR_PROTOCOLS_STR of 7.85, before that CURLOPT_PROTOCOLS and CURLOPT_REDIR_PROTOCOLS.
    static const struct {
        int text, mask;
    } options[] = {{CURLOPTTYPE_OBJECTPOINT + 318, CURLOPTTYPE_LONG + 181},
                   {CURLOPTTYPE_OBJECTPOINT + 319, CURLOPTTYPE_LONG + 182}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        CURLcode code = curl.easy_setopt(handle, (CURLoption)options[i].text, is_http ? "http" : "https");
        if (code == CURLE_UNKNOWN_OPTION)
            code = curl.easy_setopt(handle, (CURLoption)options[i].mask, (long)(is_http ? CURLPROTO_HTTP : CURLPROTO_HTTPS));
        if (code != CURLE_OK) return code;
    }
    return CURLE_OK;
}

CURLcode windsock_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl.easy_setopt(handle, option, value);
}

CURLcode windsock_curl_get_number(CURL *handle, CURLINFO info, long *value) {
    return curl.easy_getinfo(handle, info, value);
}

CURLcode windsock_curl_get_large_number(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl.easy_getinfo(handle, info, value);
}

CURLcode windsock_curl_get_text(CURL *handle, CURLINFO info, const char **value) {
    return curl.easy_getinfo(handle, info, value);
}

struct curl_slist *windsock_curl_append(struct curl_slist *list, const char *text) {
    return curl.slist_append(list, text);
}

void windsock_curl_free_list(struct curl_slist *list) { curl.slist_free_all(list); }

// MARK: Callbacks

static size_t on_body(char *bytes, size_t size, size_t count, void *data) {
    const windsock_curl_callbacks *callbacks = data;
    return callbacks->receive_body(bytes, size * count, callbacks->context);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *data) {
    const windsock_curl_callbacks *callbacks = data;
    return callbacks->receive_header(bytes, size * count, callbacks->context);
}

static curl_socket_t on_open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    const windsock_curl_callbacks *callbacks = data;
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (!callbacks->may_connect(&address->addr, callbacks->context)) return CURL_SOCKET_BAD;
    int type = address->socktype;
#ifdef SOCK_CLOEXEC
    type |= SOCK_CLOEXEC;
#endif
    return socket(address->family, type, address->protocol);
}

static int on_request(void *data, char *remote, char *local, int remote_port, int local_port) {
    (void)remote, (void)local, (void)remote_port, (void)local_port;
    const windsock_curl_callbacks *callbacks = data;
    return callbacks->may_send(callbacks->context) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static int on_progress(void *data, curl_off_t all_down, curl_off_t down, curl_off_t all_up, curl_off_t up) {
    (void)all_down, (void)down, (void)all_up, (void)up;
    const windsock_curl_callbacks *callbacks = data;
    return callbacks->may_go_on(callbacks->context) ? 0 : 1;
}

CURLcode windsock_curl_set_callbacks(CURL *handle, const windsock_curl_callbacks *callbacks) {
    const struct {
        CURLoption function, data;
        void *callback;
    } all[] = {
        {CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, (void *)on_body},
        {CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, (void *)on_header},
        {CURLOPT_OPENSOCKETFUNCTION, CURLOPT_OPENSOCKETDATA, (void *)on_open_socket},
        {CURLOPT_PREREQFUNCTION, CURLOPT_PREREQDATA, (void *)on_request},
        {CURLOPT_XFERINFOFUNCTION, CURLOPT_XFERINFODATA, (void *)on_progress},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CURLcode code = curl.easy_setopt(handle, all[i].function, all[i].callback);
        if (code == CURLE_OK) code = curl.easy_setopt(handle, all[i].data, callbacks);
        if (code != CURLE_OK) return code;
    }
    return curl.easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}
