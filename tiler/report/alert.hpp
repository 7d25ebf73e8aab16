#pragma once
// An early warning as CAP 1.2 has it (OASIS, 2010), or as GDACS publishes it.

#include "tiler/core/instant.hpp"
#include "tiler/report/report.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::report {

struct AlertCircle {
    Place centre;
    double radius_km = 0;
    bool operator==(const AlertCircle&) const = default;
};

struct AlertArea {
    std::string description;
    std::vector<std::vector<Place>> polygons{};  ///< closed rings without holes
    std::vector<AlertCircle> circles{};
    std::vector<std::pair<std::string, std::string>> geocodes{};  ///< name of the code, value
    bool operator==(const AlertArea&) const = default;
};

/// One language of an alert. Words of CAP's lists stand as they came: "Met", "Immediate".
struct AlertInfo {
    std::string language{};
    std::vector<std::string> categories{};
    std::string event{};
    std::vector<std::string> responses{};
    std::string urgency{};
    std::string severity{};
    std::string certainty{};
    std::optional<Instant> effective{};
    std::optional<Instant> onset{};
    std::optional<Instant> expires{};
    std::string sender_name{};
    std::string headline{};
    std::string description{};
    std::string instruction{};
    std::string web{};
    std::vector<AlertArea> areas{};
    bool operator==(const AlertInfo&) const = default;
};

/// CAP names a message by these three, divided by commas.
struct AlertName {
    std::string sender;
    std::string identifier;
    std::string sent;  ///< as written
    bool operator==(const AlertName&) const = default;
};

/// A message for the public about something real: what is a test, an exercise, a draft or for few
/// is none. Infos are at least one, but for a cancellation.
struct Alert {
    enum class Kind : std::uint8_t { alert, update, cancel };

    AlertName name;
    Instant sent;
    Kind kind = Kind::alert;
    std::string origin = "cap";  ///< or "gdacs"
    std::vector<AlertName> references{};
    std::vector<AlertInfo> infos{};
    bool operator==(const Alert&) const = default;
};

/// When the last of it expires; nothing: it says nothing of that.
std::optional<Instant> expiry_of(const Alert& alert);

/// The info that is shown where one must be chosen: the first in English, else the first.
/// The alert has one at least.
const AlertInfo& main_info(const Alert& alert);

}  // namespace relief::report
