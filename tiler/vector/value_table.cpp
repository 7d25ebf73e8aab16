#include "tiler/vector/value_table.hpp"

#include <cstring>

namespace relief::vector {
namespace {

template <typename Number>
void append_number(Bytes& bytes, Number number) {
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof(Number));
    std::memcpy(bytes.data() + at, &number, sizeof(Number));
}

struct ValueWriter {
    Bytes& bytes;

    void type(AttributeType type) const { bytes.push_back(static_cast<std::uint8_t>(type)); }
    void operator()(bool value) const {
        type(AttributeType::boolean);
        bytes.push_back(value ? 1 : 0);
    }
    void operator()(std::int64_t value) const {
        type(AttributeType::integer);
        append_number(bytes, value);
    }
    void operator()(double value) const {
        type(AttributeType::number);
        append_number(bytes, value);
    }
    void operator()(const std::string& value) const {
        type(AttributeType::text);
        bytes.insert(bytes.end(), value.begin(), value.end());
    }
};

template <typename Number>
Number number_of(std::string_view bytes) noexcept {
    Number number{};
    std::memcpy(&number, bytes.data(), sizeof(Number));
    return number;
}

}  // namespace

std::string_view ValueTable::text(std::uint32_t index) const noexcept {
    const std::uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    return {reinterpret_cast<const char*>(bytes_.data()) + begin, ends_[index] - begin};
}

std::uint32_t ValueTable::number(const AttributeValue& value) {
    const std::size_t before = bytes_.size();
    std::visit(ValueWriter{bytes_}, value);
    ends_.push_back(bytes_.size());
    const auto [found, is_new] = numbers_.insert(static_cast<std::uint32_t>(ends_.size() - 1));
    if (!is_new) {
        ends_.pop_back();
        bytes_.resize(before);
    }
    return *found + 1;
}

void ValueTable::put_in_order_of(std::vector<std::uint32_t>& rows) {
    numbers_ = Numbers(0, Hash{this}, Equal{this});  // they point to what stood before
    std::vector<std::uint32_t> places(ends_.size());
    Bytes bytes;
    std::vector<std::uint64_t> ends;
    bytes.reserve(bytes_.size());
    ends.reserve(ends_.size());
    for (std::uint32_t& row : rows) {
        if (row == 0) continue;
        std::uint32_t& place = places[row - 1];
        if (place == 0) {
            const std::string_view value = text(row - 1);
            bytes.insert(bytes.end(), value.begin(), value.end());
            ends.push_back(bytes.size());
            place = static_cast<std::uint32_t>(ends.size());
        }
        row = place;
    }
    bytes_ = std::move(bytes);
    ends_ = std::move(ends);
}

AttributeValue ValueTable::value(std::uint32_t number) const {
    const std::string_view bytes = text(number - 1).substr(1);
    switch (static_cast<AttributeType>(text(number - 1).front())) {
        case AttributeType::boolean: return bytes.front() != 0;
        case AttributeType::integer: return number_of<std::int64_t>(bytes);
        case AttributeType::number: return number_of<double>(bytes);
        case AttributeType::text: break;
    }
    return std::string(bytes);
}

}  // namespace relief::vector
