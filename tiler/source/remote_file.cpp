#include "tiler/source/remote_file.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace relief::source {
namespace {

// A cloud-optimised file of 100,000 x 100,000 cells tells where its blocks are within this.
constexpr std::uint64_t beginning = std::uint64_t{64} << 10U;
// A question takes as long as some tens of kilobytes: fewer are not worth one.
constexpr std::uint64_t least_read = std::uint64_t{16} << 10U;
constexpr std::uint64_t most_readahead = std::uint64_t{2} << 20U;
constexpr std::uint64_t largest_gap = std::uint64_t{32} << 10U;  // read along rather than left out
constexpr std::uint64_t largest_part = std::uint64_t{8} << 20U;
constexpr std::uint64_t most_fetched = std::uint64_t{16} << 20U;  // by each render thread
constexpr std::size_t most_chunks = 8;  // besides the beginning and what is fetched ahead
constexpr std::uint64_t most_kept = std::uint64_t{64} << 10U;  // by an idle file, besides

bool is_strong(const std::string& tag) noexcept {
    return tag.size() > 2 && tag.front() == '"';
}

/// RFC 9110, 8.8: what tells one version of a file from another.
Result<RemoteStamp> stamp_from(const RemoteAddress& address, const RemoteAnswer& answer) {
    if (!answer.size)
        return source_broken("the remote file cannot be read: its server does not tell its size",
                             address.text());
    if (answer.etag.empty() && answer.last_modified.empty())
        return source_broken(
            "the remote file cannot be read: its server tells neither ETag nor Last-Modified, so "
            "that a change could not be noticed",
            address.text());
    RemoteStamp stamp;
    const auto modified = parse_http_date(answer.last_modified);
    if (modified) stamp.modified = *modified;
    stamp.size = *answer.size;
    const std::string& mark = answer.etag.empty() ? answer.last_modified : answer.etag;
    stamp.version = {fingerprint(address.text() + '\n' + mark + '\n' + std::to_string(stamp.size))};
    return stamp;
}

Error changed(const RemoteAddress& address) {
    return {Fault::too_busy,
            "the remote file has changed just now; ask again in a moment",
            address.text()};
}

/// Sorted, and joined where little lies between.
std::vector<ByteRange> joined(std::vector<ByteRange> parts) {
    std::sort(parts.begin(), parts.end(), [](const ByteRange& a, const ByteRange& b) {
        return a.offset < b.offset;
    });
    std::vector<ByteRange> result;
    for (const ByteRange& part : parts) {
        if (!result.empty() && part.offset <= result.back().end() + largest_gap &&
            part.end() - result.back().offset <= largest_part) {
            ByteRange& last = result.back();
            last.length = std::max(last.end(), part.end()) - last.offset;
        } else {
            result.push_back(part);
        }
    }
    return result;
}

}  // namespace

Result<RemoteStamp> stamp_of(const RemoteAddress& address, const Deadline& deadline) {
    RemoteConnection connection(address);
    const auto answer = connection.ask({std::nullopt, {}, deadline});
    if (!answer) return answer.error();
    return stamp_from(address, *answer);
}

Result<std::unique_ptr<RemoteFile>> RemoteFile::open(const Order& order, const Deadline& deadline) {
    // NOLINTNEXTLINE(modernize-make-unique): the constructor is private
    std::unique_ptr<RemoteFile> file(new RemoteFile(order));
    file->deadline_ = deadline;
    if (auto begun = file->begin(); !begun) return begun.error();
    return file;
}

RemoteFile::~RemoteFile() {
    tell_memory(0);
}

void RemoteFile::tell_memory(std::size_t held) noexcept {
    if (order_.memory != nullptr) order_.memory->tell({std::exchange(told_, held), held});
}

void RemoteFile::tell_chunks() noexcept {
    std::size_t held = 0;
    for (const Chunk& chunk : chunks_) held += chunk.bytes.capacity();
    tell_memory(held);
}

Result<void> RemoteFile::begin() {
    auto answer = connection_.ask({ByteRange{0, beginning}, {}, deadline_});
    if (!answer) return answer.error();
    auto stamp = stamp_from(order_.address, *answer);
    if (!stamp) return stamp.error();
    stamp_ = *std::move(stamp);
    if (!order_.version.text.empty() && stamp_.version != order_.version)
        return changed(order_.address);
    if (is_strong(answer->etag)) strong_tag_ = answer->etag;
    chunks_.push_back({answer->offset, std::move(answer->bytes)});
    tell_chunks();
    return {};
}

Error RemoteFile::fail(Error error) {
    if (!failure_) failure_ = error;
    return error;
}

const RemoteFile::Chunk* RemoteFile::chunk_at(std::uint64_t offset) const noexcept {
    const auto found = std::find_if(chunks_.begin(), chunks_.end(), [&](const Chunk& chunk) {
        return chunk.offset <= offset && offset < chunk.end();
    });
    return found == chunks_.end() ? nullptr : &*found;
}

bool RemoteFile::holds(const ByteRange& part) const noexcept {
    return std::any_of(chunks_.begin(), chunks_.end(), [&](const Chunk& chunk) {
        return chunk.offset <= part.offset && part.end() <= chunk.end();
    });
}

Result<void> RemoteFile::load(const ByteRange& part, bool ahead) {
    const std::uint64_t end = std::min(part.end(), stamp_.size);
    const ByteRange wanted{part.offset, end - part.offset};
    if (order_.most_bytes != 0 && figures().bytes + wanted.length > order_.most_bytes)
        return source_broken("the remote file cannot be read: more than " +
                             std::to_string(order_.most_bytes >> 20U) +
                             " MB of it would be read; make a cloud-optimised copy of it");
    auto answer = connection_.ask({wanted, strong_tag_, deadline_});
    if (!answer) return answer.error();
    // Not every server heeds If-Match; what it sends tells its version again.
    const auto stamp = stamp_from(order_.address, *answer);
    if (!stamp || stamp->version != stamp_.version) return changed(order_.address);
    if (answer->offset != wanted.offset || answer->bytes.size() != wanted.length)
        return source_broken(
            "the remote file cannot be read: its server sends other parts than "
            "those that were asked for",
            order_.address.text());
    chunks_.push_back({wanted.offset, std::move(answer->bytes), ahead});
    const auto kept = static_cast<std::size_t>(std::count_if(
        chunks_.begin(), chunks_.end(), [](const Chunk& chunk) { return !chunk.fetched; }));
    if (kept > most_chunks)
        chunks_.erase(std::find_if(
            chunks_.begin() + 1, chunks_.end(), [](const Chunk& chunk) { return !chunk.fetched; }));
    tell_chunks();
    return {};
}

/// Who reads on where the last part ended is given more at once, as one who reads a whole file.
std::uint64_t RemoteFile::readahead_for(std::uint64_t offset) {
    const bool reads_on = offset >= last_end_ && offset - last_end_ <= least_read;
    readahead_ = reads_on ? std::clamp(2 * readahead_, least_read, most_readahead) : least_read;
    return readahead_;
}

Result<std::size_t> RemoteFile::read(std::uint64_t offset, std::span<std::uint8_t> target) {
    std::size_t filled = 0;
    while (filled < target.size() && offset + filled < stamp_.size) {
        const std::uint64_t at = offset + filled;
        const Chunk* chunk = chunk_at(at);
        if (chunk == nullptr) {
            const std::uint64_t missing = target.size() - filled;
            const ByteRange part{at, std::max<std::uint64_t>(missing, readahead_for(at))};
            if (auto loaded = load(part, false); !loaded) return fail(loaded.error());
            last_end_ = part.end();
            chunk = &chunks_.back();
        }
        const auto from = static_cast<std::size_t>(at - chunk->offset);
        const std::size_t count = std::min(target.size() - filled, chunk->bytes.size() - from);
        std::memcpy(target.data() + filled, chunk->bytes.data() + from, count);
        filled += count;
    }
    return filled;
}

void RemoteFile::fetch(const std::vector<ByteRange>& parts) {
    std::vector<ByteRange> missing;
    std::copy_if(
        parts.begin(), parts.end(), std::back_inserter(missing), [&](const ByteRange& part) {
            return part.length != 0 && part.end() <= stamp_.size && !holds(part);
        });
    if (missing.empty()) return;
    std::erase_if(chunks_, [&](const Chunk& chunk) {
        return chunk.fetched &&
               std::none_of(parts.begin(), parts.end(), [&](const ByteRange& part) {
                   return chunk.offset <= part.offset && part.end() <= chunk.end();
               });
    });
    std::uint64_t total = 0;
    for (const ByteRange& part : joined(std::move(missing))) {
        total += part.length;
        if (total > most_fetched || !load(part, true)) return;
    }
}

void RemoteFile::drop_fetched() {
    std::uint64_t kept = 0;
    for (std::size_t i = chunks_.size(); i-- > 1;) {
        kept += chunks_[i].bytes.size();
        if (chunks_[i].fetched || kept > most_kept)
            chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    tell_chunks();
}

}  // namespace relief::source
