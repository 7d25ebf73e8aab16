#pragma once
// Index files of features that are served in place.

#include "tiler/core/result.hpp"
#include "tiler/core/vector_description.hpp"
#include "tiler/core/version.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace relief::service {

/// Makes them one after the other, on a thread of its own and in confined children, in a folder
/// that is gone with it: a served folder is never written to, and may change at any time. Asked by
/// one thread.
class FeatureIndexer {
public:
    /// `made` is called on the indexer's thread after each file.
    FeatureIndexer(std::string program, std::function<void()> made);
    ~FeatureIndexer();
    FeatureIndexer(const FeatureIndexer&) = delete;
    FeatureIndexer& operator=(const FeatureIndexer&) = delete;
    FeatureIndexer(FeatureIndexer&&) = delete;
    FeatureIndexer& operator=(FeatureIndexer&&) = delete;

    /// One layer of features of one content of a file.
    struct Wish {
        std::string version;  ///< of the file
        std::string file;
        std::string layer;  ///< inside the file
        std::string name;   ///< the index file's, for messages
        // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the comparisons for pointers
        auto operator<=>(const Wish&) const = default;
    };
    struct Index {
        std::filesystem::path file;
        VectorDescription description;
        Version version;  ///< of this layer of the file
    };
    /// Nothing while it is being made, which asking begins. Errors: source_broken in plain words.
    std::optional<Result<Index>> find(const Wish& wish);
    /// Deletes the others, and stops making them.
    void keep_only(const std::set<Wish>& wanted);

private:
    void run();
    Result<Index> make(const Wish& wish, std::size_t number);
    std::filesystem::path folder();

    std::string program_;
    std::function<void()> made_;
    std::filesystem::path folder_;  ///< of the thread's own; made when first needed
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Wish> waiting_;
    std::optional<Wish> current_;  ///< being made; none: nothing is, or it is not wanted any more
    std::map<Wish, Result<Index>> done_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace relief::service
