#pragma once
// A file on another machine, read in parts that are all of one version.

#include "tiler/core/instant.hpp"
#include "tiler/core/remote_address.hpp"
#include "tiler/core/version.hpp"
#include "tiler/source/remote_connection.hpp"
#include "tiler/source/remote_memory.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace relief::source {

/// Which content an address has at a moment.
struct RemoteStamp {
    Version version;   ///< fingerprint of address, entity tag (else date of change) and size
    Instant modified;  ///< its date of change; 1970 when the server tells none
    std::uint64_t size = 0;
    bool operator==(const RemoteStamp&) const = default;
};

/// Asks once (HEAD), without reading. Errors: those of RemoteConnection; source_broken when the
/// server tells nothing by which a change could be noticed.
Result<RemoteStamp> stamp_of(const RemoteAddress& address, const Deadline& deadline);

/// Belongs to one thread at a time. Every part comes with the question that it be of the version
/// that was opened, and is refused when the answer says otherwise: no picture mixes two versions.
class RemoteFile {
public:
    struct Order {
        RemoteAddress address;
        Version version;                 ///< expected; empty: whatever is there
        std::uint64_t most_bytes = 0;    ///< read in all; 0: no limit
        RemoteMemory* memory = nullptr;  ///< told what the file holds
    };
    /// Reads the beginning, where a cloud-optimised file tells all about itself.
    /// Errors: too_busy when it has another version than the expected one; those of the connection.
    static Result<std::unique_ptr<RemoteFile>> open(const Order& order, const Deadline& deadline);
    RemoteFile(const RemoteFile&) = delete;
    RemoteFile& operator=(const RemoteFile&) = delete;
    RemoteFile(RemoteFile&&) = delete;
    RemoteFile& operator=(RemoteFile&&) = delete;
    ~RemoteFile();

    const RemoteStamp& stamp() const noexcept { return stamp_; }
    const RemoteFigures& figures() const noexcept { return connection_.figures(); }

    /// Reading from now on ends at this moment.
    void set_deadline(const Deadline& deadline) { deadline_ = deadline; }

    /// Gives how many bytes there are, fewer only at the end of the file. Errors: kept, too.
    Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> target);

    /// Brings parts that read() will be asked for with as few questions as are sensible; at most
    /// 16 MB, the rest is left to read(). They stay until others are fetched, or drop_fetched(). An
    /// error is left to read(), which meets it again.
    void fetch(const std::vector<ByteRange>& parts);
    void drop_fetched();

    /// The first error, which makes all that was read with it doubtful.
    const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    struct Chunk {
        std::uint64_t offset = 0;
        Bytes bytes;
        bool fetched = false;  ///< ahead of need
        std::uint64_t end() const noexcept { return offset + bytes.size(); }
    };
    explicit RemoteFile(Order order) : order_(std::move(order)), connection_(order_.address) {}

    Result<void> begin();
    const Chunk* chunk_at(std::uint64_t offset) const noexcept;
    bool holds(const ByteRange& part) const noexcept;
    Result<void> load(const ByteRange& part, bool ahead);
    std::uint64_t readahead_for(std::uint64_t offset);
    Error fail(Error error);
    void tell_memory(std::size_t held) noexcept;
    void tell_chunks() noexcept;

    Order order_;
    RemoteConnection connection_;
    RemoteStamp stamp_;
    std::string strong_tag_;  ///< empty: the server has none
    Deadline deadline_;
    std::deque<Chunk> chunks_;    ///< the first is the beginning of the file
    std::uint64_t last_end_ = 0;  ///< of what was loaded last by read()
    std::uint64_t readahead_ = 0;
    std::optional<Error> failure_;
    std::size_t told_ = 0;  ///< bytes that the order's memory knows of
};

}  // namespace relief::source
