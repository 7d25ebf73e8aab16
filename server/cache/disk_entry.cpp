#include "server/cache/disk_entry.hpp"

#include <array>
#include <charconv>
#include <system_error>
#include <type_traits>
#include <xxhash.h>

namespace relief::cache {
namespace {

constexpr std::string_view magic = "RELIEFTC";
constexpr std::uint32_t format_version = 1;
constexpr std::uint32_t empty_flag = 1;
constexpr std::size_t header_size = 40;
constexpr std::size_t checksum_size = 8;
constexpr std::string_view suffix = ".tile";
constexpr std::size_t digits_of_half = 16;

std::uint64_t checksum(const std::uint8_t* first, std::size_t count) {
    return XXH3_64bits(first, count);
}

template <typename Number>
void put_number(Bytes& out, Number number) {
    using Unsigned = std::make_unsigned_t<Number>;
    const auto bits = static_cast<Unsigned>(number);
    for (unsigned i = 0; i < sizeof(Number); ++i) {
        out.push_back(static_cast<std::uint8_t>((bits >> (8U * i)) & 0xFFU));
    }
}

void put_text(Bytes& out, std::string_view text) {
    out.insert(out.end(), text.begin(), text.end());
}

// Reads on from where it stands; whoever made it has checked that the bytes suffice.
class Cursor {
public:
    explicit Cursor(const std::uint8_t* at) : at_(at) {}

    template <typename Number>
    Number number() {
        std::make_unsigned_t<Number> bits = 0;
        for (unsigned i = 0; i < sizeof(Number); ++i) {
            bits |= static_cast<std::make_unsigned_t<Number>>(*at_++) << (8U * i);
        }
        return static_cast<Number>(bits);
    }
    std::string text(std::size_t count) {
        std::string text(at_, at_ + count);
        at_ += count;
        return text;
    }
    Bytes bytes(std::size_t count) {
        Bytes bytes(at_, at_ + count);
        at_ += count;
        return bytes;
    }

private:
    const std::uint8_t* at_;
};

struct Header {
    std::uint32_t version, flags, key, media_type, etag, body;
    std::int64_t modified;

    std::size_t file_size() const {
        return header_size + std::size_t{key} + media_type + etag + body + checksum_size;
    }
};

Header read_header(Cursor& cursor) {
    Header header{};
    header.version = cursor.number<std::uint32_t>();
    header.flags = cursor.number<std::uint32_t>();
    header.key = cursor.number<std::uint32_t>();
    header.media_type = cursor.number<std::uint32_t>();
    header.etag = cursor.number<std::uint32_t>();
    header.body = cursor.number<std::uint32_t>();
    header.modified = cursor.number<std::int64_t>();
    return header;
}

void put_hexadecimal(std::string& out, std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (unsigned shift = 64; shift > 0; shift -= 4) out += digits[(number >> (shift - 4)) & 15U];
}

std::optional<std::uint64_t> parse_hexadecimal(std::string_view text) {
    if (text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string EntryName::file() const {
    std::string text;
    text.reserve(2 * digits_of_half + suffix.size());
    put_hexadecimal(text, high);
    put_hexadecimal(text, low);
    return text.append(suffix);
}

std::optional<EntryName> EntryName::from_file(std::string_view text) {
    if (text.size() != 2 * digits_of_half + suffix.size() || !text.ends_with(suffix)) {
        return std::nullopt;
    }
    const auto high = parse_hexadecimal(text.substr(0, digits_of_half));
    const auto low = parse_hexadecimal(text.substr(digits_of_half, digits_of_half));
    if (!high || !low) return std::nullopt;
    return EntryName{.high = *high, .low = *low};
}

EntryName entry_name(const TileKey& key) {
    const XXH128_hash_t hash = XXH3_128bits(key.text().data(), key.text().size());
    return {.high = hash.high64, .low = hash.low64};
}

std::optional<Bytes> encode_entry(const TileKey& key, const CachedTile& tile) {
    const std::size_t body = tile.bytes ? tile.bytes->size() : 0;
    const std::size_t texts = key.text().size() + tile.media_type.size() + tile.etag.size();
    const std::size_t total = header_size + texts + body + checksum_size;
    if (total > largest_entry) return std::nullopt;

    Bytes file;
    file.reserve(total);
    put_text(file, magic);
    put_number(file, format_version);
    put_number(file, tile.empty ? empty_flag : 0U);
    put_number(file, static_cast<std::uint32_t>(key.text().size()));
    put_number(file, static_cast<std::uint32_t>(tile.media_type.size()));
    put_number(file, static_cast<std::uint32_t>(tile.etag.size()));
    put_number(file, static_cast<std::uint32_t>(body));
    put_number(file, tile.modified.milliseconds);
    put_text(file, key.text());
    put_text(file, tile.media_type);
    put_text(file, tile.etag);
    if (tile.bytes) file.insert(file.end(), tile.bytes->begin(), tile.bytes->end());
    put_number(file, checksum(file.data(), file.size()));
    return file;
}

std::optional<CachedTile> decode_entry(const Bytes& file, const TileKey& key) {
    if (file.size() < header_size + checksum_size || file.size() > largest_entry) {
        return std::nullopt;
    }
    const std::size_t checked = file.size() - checksum_size;
    if (Cursor(file.data() + checked).number<std::uint64_t>() != checksum(file.data(), checked)) {
        return std::nullopt;
    }

    Cursor cursor(file.data());
    if (cursor.text(magic.size()) != magic) return std::nullopt;
    const Header header = read_header(cursor);
    if (header.version != format_version || header.flags > empty_flag) return std::nullopt;
    if (header.file_size() != file.size()) return std::nullopt;
    if (cursor.text(header.key) != key.text()) return std::nullopt;

    CachedTile tile;
    tile.media_type = cursor.text(header.media_type);
    tile.etag = cursor.text(header.etag);
    tile.bytes = std::make_shared<const Bytes>(cursor.bytes(header.body));
    tile.empty = (header.flags & empty_flag) != 0;
    tile.modified = Instant{header.modified};
    return tile;
}

}  // namespace relief::cache
