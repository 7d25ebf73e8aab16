#include "server/intake/photo_worker.hpp"

#include "server/intake/orientation.hpp"
#include "tiler/core/picture.hpp"
#include "tiler/decode/image_reader.hpp"
#include "tiler/encode/jpeg_writer.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/ingest/sandbox.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <sodium.h>
#include <utility>

namespace relief::intake {
namespace {

using WorkerJson = nlohmann::json;

constexpr std::size_t most_pixels = 50'000'000;  // what the cameras of phones make
constexpr int longest_side = 2048;
constexpr int thumbnail_side = 320;
constexpr int quality = 82;
constexpr std::chrono::seconds photo_patience{30};

struct Pixels {
    PixelSize size;
    std::vector<std::uint8_t> rgba;
    const std::uint8_t* at(int column, int row) const {
        return rgba.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(size.width) +
                              static_cast<std::size_t>(column)) *
                                 4;
    }
};

struct Span {
    int first, end;
};
struct Window {
    Span columns, rows;
};

std::array<std::uint8_t, 4> mean_of(const Pixels& pixels, const Window& window) {
    const auto [columns, rows] = window;
    std::array<std::uint32_t, 4> sums{};
    for (int row = rows.first; row < rows.end; ++row) {
        const std::uint8_t* pixel = pixels.at(columns.first, row);
        for (int column = columns.first; column < columns.end; ++column)
            for (std::uint32_t& sum : sums) sum += *pixel++;
    }
    const auto count =
        static_cast<std::uint32_t>((columns.end - columns.first) * (rows.end - rows.first));
    std::array<std::uint8_t, 4> mean{};
    std::transform(sums.begin(), sums.end(), mean.begin(), [&](std::uint32_t sum) {
        return static_cast<std::uint8_t>((sum + count / 2) / count);
    });
    return mean;
}

/// A row or column of pixels that becomes shorter.
struct Shrinking {
    int from, to;
    /// The pixels that pixel `index` of the shorter one stands for.
    Span span(int index) const {
        const auto edge = [this](int i) {
            return static_cast<int>(static_cast<std::int64_t>(i) * from / to);
        };
        return {edge(index), std::max(edge(index + 1), edge(index) + 1)};
    }
};

/// No side above `side`.
Pixels shrunk(Pixels pixels, int side) {
    const PixelSize full = pixels.size;
    const int longest = std::max(full.width, full.height);
    if (longest <= side) return pixels;
    const auto scaled_down = [&](int length) {
        return std::max(1, static_cast<int>(static_cast<std::int64_t>(length) * side / longest));
    };
    Pixels small{{scaled_down(full.width), scaled_down(full.height)}, {}};
    const Shrinking columns{full.width, small.size.width};
    const Shrinking rows{full.height, small.size.height};
    for (int row = 0; row < small.size.height; ++row)
        for (int column = 0; column < small.size.width; ++column) {
            const auto mean = mean_of(pixels, {columns.span(column), rows.span(row)});
            small.rgba.insert(small.rgba.end(), mean.begin(), mean.end());
        }
    return small;
}

/// Where pixel (column, row) of the upright picture lies in one of that orientation.
/// Source: Exif 2.3, 4.6.4 A, tag 274.
std::pair<int, int> source_of(int orientation, std::pair<int, int> at, const PixelSize& stored) {
    const auto [column, row] = at;
    const int right = stored.width - 1;
    const int bottom = stored.height - 1;
    switch (orientation) {
        case 2: return {right - column, row};
        case 3: return {right - column, bottom - row};
        case 4: return {column, bottom - row};
        case 5: return {row, column};
        case 6: return {row, bottom - column};
        case 7: return {right - row, bottom - column};
        case 8: return {right - row, column};
        default: return at;
    }
}

Pixels upright(Pixels stored, int orientation) {
    if (orientation == 1) return stored;
    const bool turned = orientation >= 5;
    const auto [width, height] = stored.size;
    Pixels shown{turned ? PixelSize{height, width} : stored.size, {}};
    shown.rgba.reserve(stored.rgba.size());
    for (int row = 0; row < shown.size.height; ++row)
        for (int column = 0; column < shown.size.width; ++column) {
            const auto [x, y] = source_of(orientation, {column, row}, stored.size);
            const std::uint8_t* pixel = stored.at(x, y);
            shown.rgba.insert(shown.rgba.end(), pixel, pixel + 4);
        }
    return shown;
}

Result<Bytes> encoded(const Pixels& pixels) {
    return encode::write_jpeg({pixels.size, RgbaPixels{pixels.rgba, false}}, quality);
}

std::string base64(const Bytes& bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(
        text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the NUL
    return text;
}

std::optional<Bytes> from_base64(const std::string& text) {
    Bytes bytes(text.size());
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(),
                          bytes.size(),
                          text.data(),
                          text.size(),
                          nullptr,
                          &size,
                          nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

WorkerJson answer_to_photo(const std::string& line) {
    const auto file = from_base64(line);
    if (!file) return {{"error", "the photo did not arrive whole"}};
    const auto clean = clean_photo(*file);
    if (!clean) return {{"error", clean.error().what}};
    return {{"photo", base64(clean->photo)}, {"thumbnail", base64(clean->thumbnail)}};
}

/// Errors: bad_request in the child's words.
Result<CleanPhoto> read_photo_answer(const std::string& line) {
    const auto answer = WorkerJson::parse(line, nullptr, false);
    if (!answer.is_object()) return bad_request("a photo cannot be read");
    if (const auto error = answer.find("error"); error != answer.end())
        return bad_request("photo: " + error->get<std::string>());
    auto photo = from_base64(answer.value("photo", ""));
    auto thumbnail = from_base64(answer.value("thumbnail", ""));
    if (!photo || !thumbnail || photo->empty()) return bad_request("a photo cannot be read");
    return CleanPhoto{std::move(*photo), std::move(*thumbnail)};
}

}  // namespace

Result<CleanPhoto> clean_photo(std::span<const std::uint8_t> file) {
    auto surface = decode::decode_image(file, {.bytes = file.size(), .pixels = most_pixels});
    if (!surface) return surface.error();
    const PixelSize size = surface->size();
    Pixels pixels{size, std::move(*surface).take_bytes()};
    const bool is_jpeg = file.size() > 2 && file[0] == 0xFF && file[1] == 0xD8;
    // Shrunk first: turning fifty million pixels would take as much memory again.
    const Pixels whole =
        upright(shrunk(std::move(pixels), longest_side), is_jpeg ? orientation_of(file) : 1);
    auto photo = encoded(whole);
    if (!photo) return photo.error();
    auto thumbnail = encoded(shrunk(whole, thumbnail_side));
    if (!thumbnail) return thumbnail.error();
    return CleanPhoto{std::move(*photo), std::move(*thumbnail)};
}

int run_photo_worker() {
    constexpr unsigned seconds = 60;
    const auto confined = ingest::enter_sandbox({.memory = std::size_t{1} << 30U,
                                                 .cpu_seconds = seconds,
                                                 .file_bytes = 0,
                                                 .opens_files = false});
    if (!confined) return 1;
    std::string line;
    while (std::getline(std::cin, line)) std::cout << answer_to_photo(line).dump() << std::endl;
    return 0;
}

Result<CleanPhoto> clean_photo_apart(const std::string& program, std::string_view file) {
    auto child = ingest::Child::start(program, {photo_verb});
    if (!child) return child.error();
    std::string line;
    const bool heard = child->write_line(base64(Bytes(file.begin(), file.end()))) &&
                       child->read_line(line, photo_patience) == ingest::Child::Read::line;
    if (!heard) return bad_request("a photo cannot be read; allowed: PNG, JPEG and WebP");
    return read_photo_answer(line);
}

}  // namespace relief::intake
