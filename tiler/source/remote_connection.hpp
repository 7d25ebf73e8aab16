#pragma once
// One connection to a server of remote files: questions for parts of a file, and what it answers.

#include "tiler/core/bytes.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/remote_address.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace relief::source {

struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::uint64_t end() const noexcept { return offset + length; }
};

struct RemoteQuestion {
    std::optional<ByteRange> range;  ///< none: HEAD
    std::string if_match;            ///< a strong entity tag; empty: whatever is there
    Deadline deadline;
};

/// What a server said of a file; texts as they came, empty when it said nothing.
struct RemoteAnswer {
    int status = 0;
    std::string etag;
    std::string last_modified;
    std::string encoding;
    std::string location;
    std::string region;                   ///< where S3 would have been asked
    std::optional<std::uint64_t> length;  ///< of this answer
    std::optional<std::uint64_t> size;    ///< of the whole file
    std::uint64_t offset = 0;             ///< of the bytes
    Bytes bytes;
};

/// What was asked and received so far.
struct RemoteFigures {
    std::uint64_t requests = 0;
    std::uint64_t bytes = 0;
};

/// Follows no redirect, speaks HTTP and HTTPS only, sends no credentials but the signatures of S3,
/// which come from the environment as GDAL documents them (AWS_…). Belongs to one thread at a time.
class RemoteConnection {
public:
    explicit RemoteConnection(RemoteAddress address);
    ~RemoteConnection();
    RemoteConnection(const RemoteConnection&) = delete;
    RemoteConnection& operator=(const RemoteConnection&) = delete;
    RemoteConnection(RemoteConnection&&) = delete;
    RemoteConnection& operator=(RemoteConnection&&) = delete;

    /// An answer with status 200 or 206; a server in trouble is asked three times in all.
    /// Errors: source_broken in plain words, too_busy when the file is no longer the one of
    /// `if_match`, out_of_time. None names an address; the detail, which is for the log, does.
    Result<RemoteAnswer> ask(const RemoteQuestion& question);

    const RemoteFigures& figures() const noexcept { return figures_; }

private:
    struct Transfer;
    struct Attempt;
    Result<std::string> url_for(bool head);
    Attempt try_once(const RemoteQuestion& question);
    Attempt judged(Transfer& transfer, int code) const;
    void prepare(const std::string& url, Transfer& transfer) const;

    struct SignedUrl {
        std::string text;
        std::chrono::steady_clock::time_point until;
    };

    RemoteAddress address_;
    void* handle_;  ///< of libcurl
    std::optional<SignedUrl> signed_;
    RemoteFigures figures_;
};

}  // namespace relief::source
