#pragma once
// Bodies that were compressed before: a page, a document or a cached tile is coded once.

#include "server/http/coding.hpp"
#include "tiler/core/bytes.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>

namespace relief::http {

/// Knows a body by its being the very same object, not by its tag: two answers may bear equal tags
/// for different bytes, one object never holds two contents. For any thread.
class CodedBodies {
public:
    explicit CodedBodies(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// Null when this body was not coded yet, or too long ago.
    SharedBytes find(const SharedBytes& plain, Coding coding);
    /// Codes it, or gives what find() would. Errors: null, as encoded().
    SharedBytes make(const SharedBytes& plain, Coding coding);

private:
    struct Entry {
        std::weak_ptr<const Bytes> plain;
        Coding coding;
        SharedBytes coded;
    };

    SharedBytes find_locked(const SharedBytes& plain, Coding coding);
    void forget_the_oldest();

    std::size_t most_bytes_;
    std::mutex mutex_;
    std::list<Entry> entries_;  // the last used first
    std::size_t bytes_ = 0;
};

}  // namespace relief::http
