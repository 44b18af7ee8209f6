#include "CCrypto.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>

// OpenSSL 1.1 and 3; the types are its own, and only handed on.
typedef struct bio BIO;
typedef struct key EVP_PKEY;
typedef struct context EVP_MD_CTX;
typedef struct digest EVP_MD;

static struct {
    BIO *(*BIO_new_mem_buf)(const void *, int);
    int (*BIO_free)(BIO *);
    EVP_PKEY *(*PEM_read_bio_PrivateKey)(BIO *, EVP_PKEY **, int (*)(char *, int, int, void *), void *);
    void (*EVP_PKEY_free)(EVP_PKEY *);
    EVP_MD_CTX *(*EVP_MD_CTX_new)(void);
    void (*EVP_MD_CTX_free)(EVP_MD_CTX *);
    const EVP_MD *(*EVP_sha256)(void);
    int (*EVP_DigestSignInit)(EVP_MD_CTX *, void **, const EVP_MD *, void *, EVP_PKEY *);
    int (*EVP_DigestSign)(EVP_MD_CTX *, unsigned char *, size_t *, const unsigned char *, size_t);
    int (*get_id)(const EVP_PKEY *);
    void (*ERR_clear_error)(void);
} crypto;

static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *open_library(void) {
#ifdef __APPLE__
    static const char *const names[] = {"libcrypto.3.dylib", "/opt/homebrew/lib/libcrypto.3.dylib",
                                        "/usr/local/lib/libcrypto.3.dylib"};
#else
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1"};
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
        failure = "OpenSSL's libcrypto is not installed (Debian: apt-get install libssl3)";
        return;
    }
    const struct {
        const char *name;
        void **place;
    } symbols[] = {
        {"BIO_new_mem_buf", (void **)&crypto.BIO_new_mem_buf},
        {"BIO_free", (void **)&crypto.BIO_free},
        {"PEM_read_bio_PrivateKey", (void **)&crypto.PEM_read_bio_PrivateKey},
        {"EVP_PKEY_free", (void **)&crypto.EVP_PKEY_free},
        {"EVP_MD_CTX_new", (void **)&crypto.EVP_MD_CTX_new},
        {"EVP_MD_CTX_free", (void **)&crypto.EVP_MD_CTX_free},
        {"EVP_sha256", (void **)&crypto.EVP_sha256},
        {"EVP_DigestSignInit", (void **)&crypto.EVP_DigestSignInit},
        {"EVP_DigestSign", (void **)&crypto.EVP_DigestSign},
        {"ERR_clear_error", (void **)&crypto.ERR_clear_error},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(library, symbols[i].name);
        if (!*symbols[i].place) {
            failure = "the installed libcrypto is too old";
            return;
        }
    }
    // OpenSSL 3 calls it otherwise; 1.1 has no function for it under the new name.
    *(void **)&crypto.get_id = dlsym(library, "EVP_PKEY_get_id");
    if (!crypto.get_id) *(void **)&crypto.get_id = dlsym(library, "EVP_PKEY_id");
    if (!crypto.get_id) failure = "the installed libcrypto is too old";
}

const char *windsock_crypto_load(void) {
    pthread_once(&once, load);
    return failure;
}

// An encrypted key has nobody who could be asked for its passphrase.
static int no_passphrase(char *buffer, int size, int writing, void *data) {
    (void)buffer, (void)size, (void)writing, (void)data;
    return -1;
}

enum { rsa = 6 };  // EVP_PKEY_RSA

size_t windsock_crypto_sign_rs256(const void *pem, size_t pem_count, const void *bytes, size_t count,
                                  unsigned char *signature, size_t capacity) {
    if (pem_count > INT_MAX) return 0;
    size_t length = 0;
    BIO *memory = crypto.BIO_new_mem_buf(pem, (int)pem_count);
    EVP_PKEY *key = memory ? crypto.PEM_read_bio_PrivateKey(memory, NULL, no_passphrase, NULL) : NULL;
    EVP_MD_CTX *context = key && crypto.get_id(key) == rsa ? crypto.EVP_MD_CTX_new() : NULL;
    if (context && crypto.EVP_DigestSignInit(context, NULL, crypto.EVP_sha256(), NULL, key) == 1) {
        size_t needed = 0;
        if (crypto.EVP_DigestSign(context, NULL, &needed, bytes, count) == 1 && needed <= capacity) {
            length = capacity;
            if (crypto.EVP_DigestSign(context, signature, &length, bytes, count) != 1) length = 0;
        }
    }
    if (context) crypto.EVP_MD_CTX_free(context);
    if (key) crypto.EVP_PKEY_free(key);
    if (memory) crypto.BIO_free(memory);
    crypto.ERR_clear_error();
    return length;
}
