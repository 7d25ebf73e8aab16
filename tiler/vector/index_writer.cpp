#include "tiler/vector/index_writer.hpp"

#include <array>
#include <xxhash.h>

namespace relief::vector {
namespace {

constexpr std::uint64_t section_alignment = 8;

template <typename Record>
std::span<const std::uint8_t> bytes_of_record(const Record& record) {
    return {reinterpret_cast<const std::uint8_t*>(&record), sizeof(Record)};
}

}  // namespace

IndexWriter::IndexWriter(std::ostream& stream) : stream_(stream) {
    const std::array<std::uint8_t, sizeof(IndexHeader)> blank{};
    write(blank);
}

void IndexWriter::write(std::span<const std::uint8_t> bytes) {
    stream_.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    length_ += bytes.size();
}

void IndexWriter::add(Name name, std::span<const std::uint8_t> bytes) {
    directory_.push_back({name.kind, name.number, length_, bytes.size()});
    write(bytes);
    const std::array<std::uint8_t, section_alignment> padding{};
    write(std::span(padding).first((section_alignment - length_ % section_alignment) %
                                   section_alignment));
}

void IndexWriter::number_levels_from(std::uint32_t last) {
    for (SectionEntry& entry : directory_) {
        const bool of_level =
            entry.kind == SectionKind::level || entry.kind == SectionKind::shapes ||
            entry.kind == SectionKind::tree || entry.kind == SectionKind::geometry;
        if (of_level) entry.number = last - entry.number;
    }
}

Result<void> IndexWriter::close() {
    IndexHeader header;
    header.sections = static_cast<std::uint32_t>(directory_.size());
    header.directory = length_;
    const std::span directory(reinterpret_cast<const std::uint8_t*>(directory_.data()),
                              directory_.size() * sizeof(SectionEntry));
    header.checksum = XXH3_64bits(directory.data(), directory.size());
    write(directory);
    header.length = length_;
    stream_.seekp(0);
    const auto bytes = bytes_of_record(header);
    stream_.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    stream_.flush();
    if (!stream_) return source_broken("the layer's file cannot be written; the disk may be full");
    return {};
}

}  // namespace relief::vector
