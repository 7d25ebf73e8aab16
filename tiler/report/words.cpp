#include "tiler/report/words.hpp"

#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>

namespace relief::report {
namespace {

template <typename Value>
struct Word {
    std::string_view word;
    Value value;
};

template <typename Value, std::size_t count>
std::optional<Value> find_word(const std::array<Word<Value>, count>& words, std::string_view text) {
    text = trimmed(text);
    const auto* const found = std::find_if(words.begin(), words.end(), [&](const auto& each) {
        return same_ignoring_case(each.word, text);
    });
    return found == words.end() ? std::nullopt : std::optional(found->value);
}

constexpr std::array<Word<Severity>, 14> severities{{{"unknown", Severity::unknown},
                                                     {"minor", Severity::minor},
                                                     {"moderate", Severity::moderate},
                                                     {"severe", Severity::severe},
                                                     {"extreme", Severity::extreme},
                                                     {"low", Severity::minor},
                                                     {"medium", Severity::moderate},
                                                     {"high", Severity::severe},
                                                     {"critical", Severity::extreme},
                                                     {"very high", Severity::extreme},
                                                     // Colours of GDACS.
                                                     {"green", Severity::minor},
                                                     {"yellow", Severity::moderate},
                                                     {"orange", Severity::severe},
                                                     {"red", Severity::extreme}}};

constexpr StatedStatus nothing_said{};

constexpr std::array<Word<StatedStatus>, 8> plain_states{
    {{"new", {Status::fresh}},
     {"verified", {Status::verified}},
     {"rejected", {Status::rejected}},
     {"duplicate", {Status::duplicate}},
     {"yes", {Status::verified}},  // of a column "verified"
     {"true", {Status::verified}},
     {"no", nothing_said},
     {"false", nothing_said}}};

constexpr std::array<Word<StatedStatus>, 3> ushahidi_states{
    {{"published", nothing_said}, {"draft", {Status::fresh}}, {"archived", {Status::rejected}}}};

/// Validation of KoBo, review of ODK Central.
constexpr std::array<Word<StatedStatus>, 9> survey_states{
    {{"validation_status_approved", {Status::verified}},
     {"validation_status_not_approved", {Status::rejected}},
     {"validation_status_on_hold", {Status::fresh}},
     {"approved", {Status::verified}},
     {"not approved", {Status::rejected}},
     {"on hold", {Status::fresh}},
     {"hasissues", {Status::fresh}},
     {"edited", nothing_said},
     {"received", nothing_said}}};

constexpr std::array<Word<Precision>, 11> precisions{{{"exact", Precision::exact},
                                                      {"point", Precision::exact},
                                                      {"gps", Precision::exact},
                                                      {"near", Precision::near},
                                                      {"approximate", Precision::near},
                                                      {"settlement", Precision::near},
                                                      {"village", Precision::near},
                                                      {"town", Precision::near},
                                                      {"region", Precision::region},
                                                      {"district", Precision::region},
                                                      {"country", Precision::region}}};

/// ACLED's codebook: 1 the place itself, 2 part of a region, 3 a larger region. UCDP GED's: 1 the
/// place itself, 2 within 25 km, 3 and more second-level units, first-level units, lines, country.
std::optional<Precision> by_code(Format format, std::string_view text) {
    if (text.size() != 1 || text[0] < '1' || text[0] > '7') return std::nullopt;
    if (format == Format::acled && text[0] > '3') return std::nullopt;
    if (text[0] == '1') return Precision::exact;
    return text[0] == '2' ? Precision::near : Precision::region;
}

constexpr std::array<Collection, format_names.size()> collections{{
    {"ushahidi", "", ""},
    {"kobo", "", ""},
    {"odk", "", ""},
    {"cap", "", "", true},
    {"georss", "", "", true},
    {"acled", "ACLED terms of use", "ACLED, acleddata.com", true},
    {"ucdp", "CC BY 4.0", "Uppsala Conflict Data Program, Georeferenced Event Dataset", true},
    {"", "", ""},
    {"", "", ""},
    {"", "", ""},
}};

}  // namespace

std::optional<Severity> severity_of(std::string_view word) {
    return find_word(severities, word);
}

std::optional<StatedStatus> status_of(Format format, std::string_view word) {
    if (format == Format::ushahidi) {
        if (const auto found = find_word(ushahidi_states, word)) return found;
    }
    if (format == Format::kobo || format == Format::odk) {
        if (const auto found = find_word(survey_states, word)) return found;
    }
    return find_word(plain_states, word);
}

std::optional<Precision> precision_of(Format format, std::string_view word) {
    if (format == Format::acled || format == Format::ucdp) {
        if (const auto found = by_code(format, trimmed(word))) return found;
    }
    return find_word(precisions, word);
}

const Collection& collection_of(Format format) noexcept {
    return collections[static_cast<std::size_t>(format)];
}

}  // namespace relief::report
