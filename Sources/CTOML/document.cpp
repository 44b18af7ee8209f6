// toml++ behind a C interface. The library is a header: what of it is not asked for is not compiled.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0

#include "CTOML.h"

#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

struct windsock_toml_document {
    toml::table table;
    std::vector<windsock_toml_node> nodes;
    std::string problem;
    uint32_t line = 0;
    bool failed = false;
};

namespace {

// toml++ has such a limit for what stands in brackets alone; `[a.a.a…]` would go as deep as a file is long.
constexpr size_t deepest = 256;

// Adds a node and all within it; false where they stand too deep.
bool add(windsock_toml_document &document, const toml::node &node, const toml::key *key, size_t depth) {
    if (depth > deepest) {
        document.line = node.source().begin.line;
        return false;
    }
    windsock_toml_node flat = {};
    flat.line = node.source().begin.line;
    if (key) {
        flat.key = key->str().data();
        flat.key_length = key->str().size();
    }
    if (const auto *table = node.as_table()) {
        flat.kind = WINDSOCK_TOML_TABLE;
        flat.count = table->size();
        document.nodes.push_back(flat);
        for (const auto &[name, inner] : *table) {
            if (!add(document, inner, &name, depth + 1)) return false;
        }
        return true;
    }
    if (const auto *array = node.as_array()) {
        flat.kind = WINDSOCK_TOML_ARRAY;
        flat.count = array->size();
        document.nodes.push_back(flat);
        for (const auto &inner : *array) {
            if (!add(document, inner, nullptr, depth + 1)) return false;
        }
        return true;
    }
    if (const auto *string = node.as_string()) {
        flat.kind = WINDSOCK_TOML_STRING;
        flat.text = string->get().data();
        flat.text_length = string->get().size();
    } else if (const auto *integer = node.as_integer()) {
        flat.kind = WINDSOCK_TOML_INTEGER;
        flat.integer = integer->get();
    } else if (const auto *number = node.as_floating_point()) {
        flat.kind = WINDSOCK_TOML_NUMBER;
        flat.number = number->get();
    } else if (const auto *boolean = node.as_boolean()) {
        flat.kind = WINDSOCK_TOML_BOOLEAN;
        flat.integer = boolean->get();
    } else {
        flat.kind = WINDSOCK_TOML_TIME;
    }
    document.nodes.push_back(flat);
    return true;
}

void read(windsock_toml_document &document, std::string_view text) {
    auto result = toml::parse(text);
    if (!result) {
        document.failed = true;
        document.problem = std::string(result.error().description());
        document.line = result.error().source().begin.line;
        return;
    }
    document.table = std::move(result).table();
    if (!add(document, document.table, nullptr, 0)) {
        document.failed = true;
        document.problem = "tables stand in each other more than " + std::to_string(deepest) + " deep";
    }
}

}  // namespace

windsock_toml_document *windsock_toml_read(const char *text, size_t length) {
    windsock_toml_document *document = nullptr;
    // The only exception left is that there is no memory.
    try {
        document = new windsock_toml_document;
        read(*document, std::string_view(text, length));
        return document;
    } catch (...) {
        delete document;
        return nullptr;
    }
}

const windsock_toml_node *windsock_toml_nodes(const windsock_toml_document *document) {
    return document->failed ? nullptr : document->nodes.data();
}

const char *windsock_toml_problem(const windsock_toml_document *document, uint32_t *line) {
    *line = document->line;
    return document->failed ? document->problem.c_str() : nullptr;
}

void windsock_toml_free(windsock_toml_document *document) { delete document; }
