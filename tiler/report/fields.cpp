#include "tiler/report/fields.hpp"

#include "tiler/report/text.hpp"

#include <algorithm>
#include <array>

namespace relief::report {
namespace {

struct Named {
    std::string_view name;
    Field field;
    int rank;
};

/// Names that any collection may use, with those that formats.md has found in the wild.
constexpr std::array common{
    Named{"id", Field::id, 3},
    Named{"uuid", Field::id, 1},
    Named{"serial", Field::id, 4},
    Named{"objectid", Field::id, 6},
    Named{"fid", Field::id, 6},
    Named{"report_id", Field::id, 2},
    Named{"event_id", Field::id, 2},
    Named{"post_id", Field::id, 2},
    Named{"pkey", Field::id, 5},
    Named{"title", Field::title, 1},
    Named{"incident_title", Field::title, 1},
    Named{"headline", Field::title, 2},
    Named{"subject", Field::title, 3},
    Named{"titre", Field::title, 3},
    Named{"titulo", Field::title, 3},
    Named{"description", Field::description, 1},
    Named{"unstructured_description", Field::description, 4},
    Named{"details", Field::description, 3},
    Named{"text", Field::description, 2},
    Named{"message", Field::description, 3},
    Named{"descripcion", Field::description, 2},
    Named{"category", Field::category, 1},
    Named{"categories", Field::category, 1},
    Named{"incident_category", Field::category, 1},
    Named{"event_type", Field::category, 2},
    Named{"disaster_type", Field::category, 2},
    Named{"type", Field::category, 4},
    Named{"categoria", Field::category, 2},
    Named{"categorie", Field::category, 2},
    Named{"time", Field::time, 1},
    Named{"occurred", Field::time, 1},
    Named{"datetime", Field::time, 1},
    Named{"date_time", Field::time, 1},
    Named{"date", Field::time, 2},
    Named{"incident_date", Field::time, 1},
    Named{"event_date", Field::time, 1},
    Named{"date_start", Field::time, 1},
    Named{"start_date", Field::time, 2},
    Named{"post_date_utc", Field::time, 1},
    Named{"post_date", Field::time, 1},
    Named{"created_at", Field::time, 3},
    Named{"created_utc", Field::time, 3},
    Named{"created", Field::time, 4},
    Named{"submission_time", Field::time, 5},
    Named{"submissiondate", Field::time, 5},
    Named{"date_end", Field::time_end, 1},
    Named{"end_date", Field::time_end, 2},
    Named{"lat", Field::latitude, 1},
    Named{"latitude", Field::latitude, 1},
    Named{"latitud", Field::latitude, 1},
    Named{"decimallatitude", Field::latitude, 1},
    Named{"y", Field::latitude, 8},
    Named{"lon", Field::longitude, 1},
    Named{"lng", Field::longitude, 1},
    Named{"long", Field::longitude, 1},
    Named{"longitude", Field::longitude, 1},
    Named{"longitud", Field::longitude, 1},
    Named{"decimallongitude", Field::longitude, 1},
    Named{"x", Field::longitude, 8},
    Named{"severity", Field::severity, 1},
    Named{"gravity", Field::severity, 2},
    Named{"status", Field::status, 2},
    Named{"verified", Field::status, 1},
    Named{"sensitivity", Field::sensitivity, 1},
    Named{"precision", Field::precision, 2},
    Named{"place_precision", Field::precision, 1},
    Named{"geo_precision", Field::precision, 1},
    Named{"location_precision", Field::precision, 1},
};

struct NamedIn {
    Format format{};
    Named named;
};

/// Names that mean something else, or more, in one collection.
constexpr std::array special{
    NamedIn{Format::ushahidi, {"post_status", Field::status, 1}},
    NamedIn{Format::ushahidi, {"content", Field::description, 2}},
    NamedIn{Format::ushahidi, {"approved", Field::status, 5}},
    NamedIn{Format::kobo, {"uuid", Field::id, 1}},
    NamedIn{Format::kobo, {"id", Field::id, 2}},
    NamedIn{Format::kobo, {"meta_instanceid", Field::id, 3}},
    NamedIn{Format::kobo, {"validation_status", Field::status, 1}},
    // Answers of the person asked, not of those who check them.
    NamedIn{Format::kobo, {"status", Field::other, 0}},
    NamedIn{Format::kobo, {"verified", Field::other, 0}},
    NamedIn{Format::kobo, {"start", Field::time, 4}},
    NamedIn{Format::kobo, {"geolocation", Field::geopoint, 9}},
    NamedIn{Format::odk, {"key", Field::id, 1}},
    NamedIn{Format::odk, {"id", Field::id, 2}},
    NamedIn{Format::odk, {"meta_instanceid", Field::id, 3}},
    NamedIn{Format::odk, {"reviewstate", Field::status, 1}},
    NamedIn{Format::odk, {"status", Field::other, 0}},
    NamedIn{Format::odk, {"verified", Field::other, 0}},
    NamedIn{Format::odk, {"start", Field::time, 4}},
    NamedIn{Format::acled, {"event_id_cnty", Field::id, 1}},
    NamedIn{Format::acled, {"data_id", Field::id, 2}},
    NamedIn{Format::acled, {"event_type", Field::category, 1}},
    NamedIn{Format::acled, {"sub_event_type", Field::title, 1}},
    NamedIn{Format::acled, {"notes", Field::description, 1}},
    NamedIn{Format::acled, {"time_precision", Field::time_precision, 0}},
    NamedIn{Format::acled, {"location", Field::place_name, 0}},
    NamedIn{Format::acled, {"timestamp", Field::other, 0}},
    NamedIn{Format::ucdp, {"id", Field::id, 1}},
    NamedIn{Format::ucdp, {"dyad_name", Field::title, 1}},
    NamedIn{Format::ucdp, {"type_of_violence", Field::category, 1}},
    NamedIn{Format::ucdp, {"where_description", Field::description, 1}},
    NamedIn{Format::ucdp, {"where_coordinates", Field::description, 2}},
    NamedIn{Format::ucdp, {"where_prec", Field::precision, 1}},
    // Both say again where it is, exact to the point that where_prec may deny.
    NamedIn{Format::ucdp, {"geom_wkt", Field::private_, 0}},
    NamedIn{Format::ucdp, {"geom", Field::private_, 0}},
};

/// Whole names of people, accounts, addresses and devices.
constexpr std::array contacts{
    Named{"contact", Field::contact, 0},
    Named{"contacts", Field::contact, 0},
    Named{"phone", Field::contact, 1},
    Named{"phonenumber", Field::contact, 1},
    Named{"tel", Field::contact, 1},
    Named{"email", Field::contact, 2},
    Named{"author_email", Field::contact, 2},
    Named{"reporter", Field::contact, 3},
    Named{"reported_by", Field::contact, 3},
    Named{"author_realname", Field::contact, 4},
    Named{"author", Field::contact, 4},
    Named{"submitted_by", Field::contact, 5},
    Named{"submitter", Field::contact, 5},
    Named{"submittername", Field::contact, 5},
    Named{"submitterid", Field::contact_id, 6},
    Named{"user_id", Field::contact_id, 7},
    Named{"contact_id", Field::contact_id, 7},
    Named{"deviceid", Field::contact, 8},
    Named{"device_id", Field::contact, 8},
    Named{"imei", Field::contact, 8},
    Named{"subscriberid", Field::contact, 9},
    Named{"simserial", Field::contact, 9},
    Named{"simid", Field::contact, 9},
    Named{"username", Field::contact, 9},
    Named{"validated_by", Field::private_, 0},
    Named{"ip", Field::private_, 0},
    Named{"attachments", Field::private_, 0},
    Named{"xform_id_string", Field::private_, 0},
};

/// Words that make any name one of a person, number or device.
constexpr std::array<std::string_view, 25> personal_words{
    "phone",     "telephone",  "telefono",   "telefone",   "mobile",   "msisdn",   "whatsapp",
    "email",     "e_mail",     "mail",       "contact",    "imei",     "deviceid", "respondent",
    "respondee", "enumerator", "surname",    "firstname",  "lastname", "fullname", "passport",
    "username",  "useragent",  "ip_address", "national_id"};
/// The same where two words follow each other.
constexpr std::array<std::string_view, 9> personal_pairs{"first_name",
                                                         "last_name",
                                                         "full_name",
                                                         "family_name",
                                                         "device_id",
                                                         "user_agent",
                                                         "user_name",
                                                         "reporter_name",
                                                         "contact_name"};

template <std::size_t count>
const Named* find_in(const std::array<Named, count>& table, std::string_view name) {
    const auto* const found = std::find_if(
        table.begin(), table.end(), [&](const Named& each) { return each.name == name; });
    return found == table.end() ? nullptr : found;
}

const Named* find_special(Format format, std::string_view name) {
    const auto* const found = std::find_if(special.begin(), special.end(), [&](const auto& each) {
        return each.format == format && each.named.name == name;
    });
    return found == special.end() ? nullptr : &found->named;
}

/// Does `name` have `word` between "_" or at its ends?
bool has_word(std::string_view name, std::string_view word) {
    for (auto at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const bool begins = at == 0 || name[at - 1] == '_';
        const auto end = at + word.size();
        if (begins && (end == name.size() || name[end] == '_')) return true;
    }
    return false;
}

bool is_personal(std::string_view name) {
    const auto has = [&](std::string_view word) { return has_word(name, word); };
    return std::any_of(personal_words.begin(), personal_words.end(), has) ||
           std::any_of(personal_pairs.begin(), personal_pairs.end(), has);
}

/// "location_latitude" and the like: what a survey tool makes of a question for a place.
std::optional<Field> field_by_ending(std::string_view name) {
    for (const auto* const ending : {"_latitude", "_lat"}) {
        if (name.ends_with(ending)) return Field::latitude;
    }
    for (const auto* const ending : {"_longitude", "_lon", "_lng", "_long"}) {
        if (name.ends_with(ending)) return Field::longitude;
    }
    return std::nullopt;
}

constexpr int rank_of_ending = 4;
constexpr int rank_of_group = 10;  // a name inside a group stands behind the same name outside

std::optional<FieldUse> known_field(Format format, const std::string& name) {
    if (const auto* const found = find_special(format, name))
        return FieldUse{found->field, found->rank};
    if (const auto* const found = find_in(contacts, name))
        return FieldUse{found->field, found->rank};
    if (is_personal(name)) return FieldUse{Field::private_, 0};
    if (const auto* const found = find_in(common, name)) return FieldUse{found->field, found->rank};
    return std::nullopt;
}

}  // namespace

std::string plain_name(std::string_view header) {
    std::string name;
    for (const char c : trimmed(header)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                            (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    if (name.ends_with('_')) name.pop_back();
    return name;
}

FieldUse field_of(Format format, std::string_view header) {
    const std::string name = plain_name(header);
    if (const auto known = known_field(format, name)) return *known;
    // Survey tools put the names of groups before the question's own: "who/phone", "who-phone".
    const auto cut = header.find_last_of("/:");
    if (cut != std::string_view::npos) {
        if (auto inner = known_field(format, plain_name(header.substr(cut + 1)))) {
            inner->rank += rank_of_group;
            return *inner;
        }
    }
    if (const auto ending = field_by_ending(name)) return {*ending, rank_of_ending};
    return {};
}

}  // namespace relief::report
