#include "tests/encode/decoded.hpp"

#include <png.h>
#include <webp/decode.h>

#include <cstddef>
#include <cstdio>
#include <memory>

// Needs FILE, which it does not include itself.
#include <jpeglib.h>

namespace relief::encode {
namespace {

/// A libjpeg reader of bytes in memory, its header read.
class JpegReader {
public:
    explicit JpegReader(const Bytes& file) {
        state_.err = jpeg_std_error(&errors_);
        jpeg_create_decompress(&state_);
        jpeg_mem_src(&state_, file.data(), file.size());
        jpeg_read_header(&state_, TRUE);
    }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
    JpegReader(JpegReader&&) = delete;
    JpegReader& operator=(JpegReader&&) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&state_); }

    jpeg_decompress_struct& state() { return state_; }

private:
    jpeg_error_mgr errors_{};
    jpeg_decompress_struct state_{};
};

bool starts_a_jpeg(const Bytes& file) {
    return file.size() > 3 && file[0] == 0xFF && file[1] == 0xD8;
}

}  // namespace

Decoded decode_png(const Bytes& file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return {};
    image.format = PNG_FORMAT_RGBA;
    Decoded decoded{{static_cast<int>(image.width), static_cast<int>(image.height)},
                    Bytes(PNG_IMAGE_SIZE(image))};
    if (png_image_finish_read(&image, nullptr, decoded.rgba.data(), 0, nullptr) == 0) return {};
    return image.warning_or_error == 0 ? decoded : Decoded{};
}

Decoded decode_webp(const Bytes& file) {
    Decoded decoded;
    const std::unique_ptr<std::uint8_t, void (*)(void*)> pixels(
        WebPDecodeRGBA(file.data(), file.size(), &decoded.size.width, &decoded.size.height),
        WebPFree);
    if (!pixels) return {};
    const std::ptrdiff_t length =
        std::ptrdiff_t{decoded.size.width} * std::ptrdiff_t{decoded.size.height} * 4;
    decoded.rgba.assign(pixels.get(), pixels.get() + length);
    return decoded;
}

Decoded decode_jpeg(const Bytes& file) {
    if (!starts_a_jpeg(file)) return {};
    JpegReader reader(file);
    auto& state = reader.state();
    state.out_color_space = JCS_EXT_RGBA;
    jpeg_start_decompress(&state);
    const std::size_t stride = std::size_t{state.output_width} * 4;
    Decoded decoded{{static_cast<int>(state.output_width), static_cast<int>(state.output_height)},
                    Bytes(stride * state.output_height)};
    while (state.output_scanline < state.output_height) {
        JSAMPROW row = decoded.rgba.data() + state.output_scanline * stride;
        jpeg_read_scanlines(&state, &row, 1);
    }
    jpeg_finish_decompress(&state);
    return decoded;
}

std::vector<PngChunk> chunks_of(const Bytes& png) {
    std::vector<PngChunk> chunks;
    std::size_t at = 8;
    while (at + 12 <= png.size()) {
        const std::size_t length = std::size_t{png[at]} << 24U | std::size_t{png[at + 1]} << 16U |
                                   std::size_t{png[at + 2]} << 8U | png[at + 3];
        if (at + 12 + length > png.size()) return {};
        const auto type = png.begin() + static_cast<std::ptrdiff_t>(at) + 4;
        const auto data = type + 4;
        chunks.push_back({{type, data}, {data, data + static_cast<std::ptrdiff_t>(length)}});
        at += 12 + length;
    }
    return at == png.size() ? chunks : std::vector<PngChunk>{};
}

PngForm form_of(const Bytes& png) {
    const auto chunks = chunks_of(png);
    if (chunks.empty() || chunks.front().type != "IHDR" || chunks.front().data.size() != 13) {
        return {};
    }
    return {chunks.front().data[8], chunks.front().data[9]};
}

JpegForm jpeg_form_of(const Bytes& jpeg) {
    if (!starts_a_jpeg(jpeg)) return {};
    JpegReader reader(jpeg);
    const auto& state = reader.state();
    const auto& first = *state.comp_info;
    return {state.num_components, first.h_samp_factor, first.v_samp_factor};
}

}  // namespace relief::encode
