#pragma once
// One draft from the parts of a record, whatever shape the record came in.

#include "tiler/report/fields.hpp"
#include "tiler/report/properties.hpp"
#include "tiler/report/reading.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relief::report {

class DraftMaker {
public:
    /// Both outlive it; `reading` gets what is noticed.
    DraftMaker(const ReadingWish& wish, Reading& reading) : wish_(wish), reading_(reading) {}

    /// A part of the record. Of several for one field the best by rank is taken; the others are
    /// kept as further properties, but for contacts, which are never kept.
    void put(const FieldUse& use, std::string_view name, std::string_view value);
    /// A further property: `json` is a value in JSON.
    void keep(std::string_view name, std::string_view json) { properties_.put_json(name, json); }
    /// Comes before any longitude and latitude that were put.
    void put_place(const Result<Place>& place) { place_ = place; }
    /// Where the record says itself of which collection it is.
    void put_origin(std::string_view origin) { origin_ = origin; }
    void put_rights(std::string_view licence, std::string_view attribution);
    void put_time(const InstantRange& time) { time_ = time; }

    /// The draft of all that was put since the last one. Errors: bad_request where the place is
    /// missing or none.
    Result<Draft> finish();

private:
    struct Part {
        std::string name, value;
        int rank = 0;
        bool there = false;
    };
    static constexpr std::size_t field_count = static_cast<std::size_t>(Field::private_) + 1;

    Part& part(Field field) { return parts_[static_cast<std::size_t>(field)]; }
    std::string_view value(Field field) { return part(field).value; }
    /// Cleaned, and the part is used up.
    std::string take(Field field, std::size_t most);
    void keep_part(Field field);
    Result<Place> place();
    std::optional<InstantRange> time();
    void put_words(Draft& draft);
    void put_source(Draft& draft);
    void put_contact(Draft& draft);
    std::string name_by_content(const Draft& draft);
    void begin_anew();

    const ReadingWish& wish_;
    Reading& reading_;
    std::array<Part, field_count> parts_;
    Properties properties_;
    std::optional<Result<Place>> place_;
    std::optional<InstantRange> time_;
    std::string origin_, licence_, attribution_;
    bool cut_ = false;
    /// Of records without a name of their own: how often the same was there before.
    std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace relief::report
