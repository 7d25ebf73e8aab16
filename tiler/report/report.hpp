#pragma once
// A report from the crowd, or an event that somebody recorded: what was said, of where and when.

#include "tiler/core/audience.hpp"
#include "tiler/core/enum_names.hpp"
#include "tiler/core/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relief::report {

/// Units: degrees, WGS 84. Longitude -180 to 180, latitude -90 to 90, both finite.
struct Place {
    double longitude = 0;
    double latitude = 0;
    bool operator==(const Place&) const = default;
};

/// What the place is known to: ACLED's geo_precision 1, 2 and 3. What is known to a region only is
/// drawn as an area, never as a pin.
enum class Precision : std::uint8_t { exact, near, region };
inline constexpr EnumNames<3> precision_names{"exact", "near", "region"};

/// Severities of CAP 1.2 in ascending order, the one that is not known first.
enum class Severity : std::uint8_t { unknown, minor, moderate, severe, extreme };
inline constexpr EnumNames<5> severity_names{"unknown", "minor", "moderate", "severe", "extreme"};
/// What a report adds to a map of how bad it is: 1 to 4; one of unknown severity as a minor one.
constexpr std::uint32_t weight_of(Severity severity) noexcept {
    return severity == Severity::unknown ? 1U : static_cast<std::uint32_t>(severity);
}

enum class Status : std::uint8_t { fresh, verified, rejected, duplicate };
inline constexpr EnumNames<4> status_names{"new", "verified", "rejected", "duplicate"};

/// Bounds of a report's parts, in bytes of UTF-8.
struct Bounds {
    static constexpr std::size_t title = 500;
    static constexpr std::size_t description = 20'000;
    static constexpr std::size_t category = 100;
    static constexpr std::size_t properties = 16'384;  ///< all others together, as JSON
    static constexpr std::size_t property_count = 64;
    static constexpr std::size_t photos = 10;
};

/// What was sent, checked: everything in it is within Bounds and valid UTF-8 without control
/// characters other than line ends and tabs.
struct Draft {
    Place place;
    Precision precision = Precision::exact;
    std::string title{};
    std::string description{};
    std::string category{};  ///< empty: not said
    Severity severity = Severity::unknown;
    std::optional<InstantRange> time{};        ///< when it happened; nothing: not said
    std::optional<Sensitivity> sensitivity{};  ///< that the reporter asked for
    std::string properties = "{}";             ///< the others, as a JSON object
    /// Who the report is from, for counting sources: a keyed hash, never the contact itself.
    std::string contact{};
    /// The collection it was taken from and the name that it has there, such as "ushahidi" and
    /// "42": the same pair again is the same report, changed. Both empty for what was sent to us.
    std::string origin{};
    std::string origin_id{};
    std::string licence{};      ///< of the collection; empty: not stated
    std::string attribution{};  ///< likewise
    /// For what comes with a state of its own; nothing: as the house's rule for new ones is.
    std::optional<Status> status{};
};

/// A report as it is kept: the exact view of it.
struct Report {
    std::int64_t number = 0;  ///< of the row; never shown
    std::string id;           ///< random, 26 letters of a-z2-7: names it in addresses
    Draft said;
    Sensitivity level = Sensitivity::high;  ///< in force: never below what the reporter asked for
    Status status = Status::fresh;
    std::string duplicate_of{};  ///< id, of a duplicate
    std::string confidence{};    ///< a moderator's grade, "A1" to "F6" (Admiralty code); or empty
    std::string assigned{};      ///< id of the moderator who looks at it; or empty
    Instant received;
    Instant changed;
    std::vector<std::string> photos{};  ///< sha-256 of the re-encoded files
};

}  // namespace relief::report
