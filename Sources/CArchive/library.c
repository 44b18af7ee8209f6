#include "CArchive.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/types.h>

// MARK: The interface

enum { OK = 0, END = 1, RETRY = -10, WARNING = -20, FAILED = -25 };
// `ARCHIVE_FORMAT_RAW`, whose lower 16 bits are for kinds of a format.
enum { format_raw = 0x90000, format_mask = 0xff0000 };

// The functions by their names without `archive_`: result, name, parameters.
#define FUNCTIONS(F) \
    F(struct archive *, read_new, (void)) \
    F(int, read_free, (struct archive *)) \
    F(int, read_open_memory, (struct archive *, const void *, size_t)) \
    F(int, read_open, (struct archive *, void *, void *, ssize_t (*)(struct archive *, void *, const void **), void *)) \
    F(int, read_next_header, (struct archive *, struct archive_entry **)) \
    F(ssize_t, read_data, (struct archive *, void *, size_t)) \
    F(int64_t, filter_bytes, (struct archive *, int)) \
    F(const char *, error_string, (struct archive *)) \
    F(int, format, (struct archive *)) \
    F(int, read_has_encrypted_entries, (struct archive *)) \
    F(const char *, entry_pathname, (struct archive_entry *)) \
    F(const char *, entry_pathname_utf8, (struct archive_entry *)) \
    F(mode_t, entry_filetype, (struct archive_entry *)) \
    F(int, entry_is_encrypted, (struct archive_entry *)) \
    F(int, entry_size_is_set, (struct archive_entry *)) \
    F(int64_t, entry_size, (struct archive_entry *)) \
    F(int, read_support_format_zip, (struct archive *)) \
    F(int, read_support_format_tar, (struct archive *)) \
    F(int, read_support_format_7zip, (struct archive *)) \
    F(int, read_support_format_rar, (struct archive *)) \
    F(int, read_support_format_rar5, (struct archive *)) \
    F(int, read_support_format_cpio, (struct archive *)) \
    F(int, read_support_format_ar, (struct archive *)) \
    F(int, read_support_format_iso9660, (struct archive *)) \
    F(int, read_support_format_cab, (struct archive *)) \
    F(int, read_support_format_xar, (struct archive *)) \
    F(int, read_support_format_raw, (struct archive *)) \
    F(int, read_support_format_empty, (struct archive *)) \
    F(int, read_support_filter_gzip, (struct archive *)) \
    F(int, read_support_filter_bzip2, (struct archive *)) \
    F(int, read_support_filter_compress, (struct archive *)) \
    F(int, read_support_filter_lzip, (struct archive *)) \
    F(int, read_support_filter_lzma, (struct archive *)) \
    F(int, read_support_filter_xz, (struct archive *)) \
    F(int, read_support_filter_zstd, (struct archive *)) \
    F(int, read_support_filter_lz4, (struct archive *)) \
    F(int, read_support_filter_rpm, (struct archive *))

static struct {
#define POINTER(result, name, parameters) result(*name) parameters;
    FUNCTIONS(POINTER)
} library;

// MARK: Loading

static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#ifdef WINDSOCK_LIBARCHIVE_IS_LINKED

#define DECLARATION(result, name, parameters) extern result archive_##name parameters;
FUNCTIONS(DECLARATION)

static bool find_functions(void) {
#define ADDRESS(result, name, parameters) library.name = archive_##name;
    FUNCTIONS(ADDRESS)
    return true;
}

#else

static void *open_library(void) {
#ifdef __APPLE__
    static const char *const names[] = {"libarchive.13.dylib", "/usr/lib/libarchive.2.dylib"};
#else
    static const char *const names[] = {"libarchive.so.13"};
#endif
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (handle) return handle;
    }
    return NULL;
}

static bool find_functions(void) {
    void *handle = open_library();
    if (!handle) {
        failure = "libarchive is not installed (Debian: apt-get install libarchive13)";
        return false;
    }
    const struct {
        const char *name;
        void **place;
    } symbols[] = {
#define SYMBOL(result, name, parameters) {"archive_" #name, (void **)&library.name},
        FUNCTIONS(SYMBOL)
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            failure = "the installed libarchive is too old";
            return false;
        }
    }
    return true;
}

#endif

typedef int (*support)(struct archive *);
static struct {
    support function;
    bool is_usable;
} filters[8];

// Where libarchive was built without a library for a compression it would start a program, says so with a warning, and is not asked.
static void find_filters(void) {
    const support all[] = {
        library.read_support_filter_gzip, library.read_support_filter_bzip2, library.read_support_filter_compress,
        library.read_support_filter_lzip, library.read_support_filter_lzma,  library.read_support_filter_xz,
        library.read_support_filter_zstd, library.read_support_filter_lz4,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct archive *trial = library.read_new();
        if (!trial) continue;
        filters[i].function = all[i];
        filters[i].is_usable = all[i](trial) == OK;
        library.read_free(trial);
    }
}

static void load(void) {
    if (find_functions()) find_filters();
}

const char *windsock_archive_load(void) {
    pthread_once(&once, load);
    return failure;
}

// MARK: Calls

static struct archive *new_archive(unsigned kinds) {
    struct archive *archive = library.read_new();
    if (!archive) return NULL;
    const struct {
        unsigned kind;
        support function;
    } formats[] = {
        {WINDSOCK_ARCHIVE_ZIP, library.read_support_format_zip},
        {WINDSOCK_ARCHIVE_TAR, library.read_support_format_tar},
        {WINDSOCK_ARCHIVE_7ZIP, library.read_support_format_7zip},
        {WINDSOCK_ARCHIVE_RAR, library.read_support_format_rar},
        {WINDSOCK_ARCHIVE_RAR, library.read_support_format_rar5},
        {WINDSOCK_ARCHIVE_CPIO, library.read_support_format_cpio},
        {WINDSOCK_ARCHIVE_AR, library.read_support_format_ar},
        {WINDSOCK_ARCHIVE_ISO9660, library.read_support_format_iso9660},
        {WINDSOCK_ARCHIVE_CABINET, library.read_support_format_cab},
        {WINDSOCK_ARCHIVE_XAR, library.read_support_format_xar},
        {WINDSOCK_ARCHIVE_RAW, library.read_support_format_raw},
        {WINDSOCK_ARCHIVE_RAW, library.read_support_format_empty},
        {WINDSOCK_ARCHIVE_RPM, library.read_support_filter_rpm},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (kinds & formats[i].kind) formats[i].function(archive);
    if (kinds & WINDSOCK_ARCHIVE_COMPRESSED)
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
            if (filters[i].is_usable) filters[i].function(archive);
    return archive;
}

struct archive *windsock_archive_open(const void *bytes, size_t count, unsigned kinds, bool *is_open) {
    struct archive *archive = new_archive(kinds);
    if (!archive) return NULL;
    int code = library.read_open_memory(archive, bytes, count);
    *is_open = code == OK || code == WARNING;
    return archive;
}

struct archive *windsock_archive_open_stream(windsock_archive_supply supply, void *context, unsigned kinds, bool *is_open) {
    struct archive *archive = new_archive(kinds);
    if (!archive) return NULL;
    int code = library.read_open(archive, context, NULL, supply, NULL);
    *is_open = code == OK || code == WARNING;
    return archive;
}

void windsock_archive_close(struct archive *archive) { library.read_free(archive); }

static windsock_archive_status status(int code) {
    switch (code) {
    case END: return WINDSOCK_ARCHIVE_DONE;
    // A warning is of what is no part of the content: a name in another alphabet, a time that cannot be.
    case OK: case WARNING: return WINDSOCK_ARCHIVE_GOES_ON;
    case RETRY: case FAILED: return WINDSOCK_ARCHIVE_MEMBER_FAILED;
    default: return WINDSOCK_ARCHIVE_FAILED;
    }
}

windsock_archive_status windsock_archive_next(struct archive *archive, struct archive_entry **member) {
    return status(library.read_next_header(archive, member));
}

windsock_archive_status windsock_archive_read(struct archive *archive, void *bytes, size_t count, size_t *received) {
    ssize_t result = library.read_data(archive, bytes, count);
    *received = result > 0 ? (size_t)result : 0;
    if (result > 0) return WINDSOCK_ARCHIVE_GOES_ON;
    // Of content a warning is a wrong checksum.
    if (result == WARNING) return WINDSOCK_ARCHIVE_DAMAGED;
    return result == 0 ? WINDSOCK_ARCHIVE_DONE : status((int)result);
}

int64_t windsock_archive_decompressed(struct archive *archive) { return library.filter_bytes(archive, 0); }
const char *windsock_archive_error(struct archive *archive) { return library.error_string(archive); }
bool windsock_archive_is_encrypted(struct archive *archive) { return library.read_has_encrypted_entries(archive) > 0; }
bool windsock_archive_is_raw(struct archive *archive) { return (library.format(archive) & format_mask) == format_raw; }

const char *windsock_archive_name(struct archive_entry *member) {
    const char *name = library.entry_pathname_utf8(member);
    return name ? name : library.entry_pathname(member);
}

bool windsock_archive_is_file(struct archive_entry *member) {
    mode_t type = library.entry_filetype(member);
    return type == S_IFREG || type == 0;
}

bool windsock_archive_is_folder(struct archive_entry *member) { return library.entry_filetype(member) == S_IFDIR; }

bool windsock_archive_member_is_encrypted(struct archive_entry *member) { return library.entry_is_encrypted(member) > 0; }

int64_t windsock_archive_size(struct archive_entry *member) {
    return library.entry_size_is_set(member) ? library.entry_size(member) : -1;
}
