#pragma once
// What the columns and members of reports are about, by their names and HXL tags.

#include "tiler/report/reading.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::report {

enum class Field : std::uint8_t {
    other,  ///< kept among the further properties
    id,
    title,
    description,
    category,
    time,
    time_end,
    latitude,
    longitude,
    geopoint,  ///< "latitude longitude altitude accuracy", as ODK writes it
    severity,
    status,
    sensitivity,
    precision,
    time_precision,  ///< of ACLED
    place_name,      ///< of ACLED: goes into the title
    contact,         ///< a name, number or address: counted, never kept
    contact_id,      ///< the same, of one collection only
    private_,        ///< neither kept nor counted
};

/// Of several names for one field the one with the lowest rank is taken.
struct FieldUse {
    Field field = Field::other;
    int rank = 0;
};

/// A header's letters and digits in lower case, all else one "_": "Post Date (UTC)" is
/// "post_date_utc". Letters of other scripts stay.
std::string plain_name(std::string_view header);

/// By the name that a collection gives it: a table's header, or a member. Names of people, their
/// numbers, devices and accounts are known by their words wherever they stand.
FieldUse field_of(Format format, std::string_view header);

/// By an HXL tag with its attributes: "#geo+lat", "#date +occurred". Nothing: it is no tag.
std::optional<FieldUse> field_of_tag(std::string_view text);

/// The columns of one place, by number.
struct PlaceColumns {
    std::size_t longitude;
    std::size_t latitude;
};

/// Pairs of columns whose names say longitude and latitude of the same thing, the best first:
/// "lat" with "lon", "Location.lat" with "Location.lon".
std::vector<PlaceColumns> place_columns(const std::vector<std::string>& headers,
                                        const std::vector<FieldUse>& uses);

/// The collection that headers or members like these come from; nothing: none that is known.
std::optional<Format> format_shown_by(const std::vector<std::string>& headers);

}  // namespace relief::report
