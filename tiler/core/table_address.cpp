#include "tiler/core/table_address.hpp"

#include "tiler/core/remote_address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

namespace relief {
namespace {

constexpr std::array<std::string_view, 2> database_schemes{"postgresql://", "postgres://"};
constexpr std::size_t longest_database_address = 2000;
constexpr std::size_t longest_name = 63;  // NAMEDATALEN of PostgreSQL, less its end
constexpr const char* table_form =
    "postgresql://[USER@]HOST[:PORT]/DB?table=SCHEMA.TABLE[&geometry=COLUMN][&key=COLUMN]"
    "[&sslmode=…], or with the folder of a socket as ?host=";

Error refused_database(std::string_view text, const std::string& why) {
    // A password may hold what looks like the beginning of a query.
    const bool hidden = text.find('@', text.find_first_of("?#")) != std::string_view::npos &&
                        text.find_first_of("?#") != std::string_view::npos;
    const std::string shown = hidden ? "postgresql://…" : shown_address(text);
    return bad_request("the address \"" + shown + "\" " + why);
}

/// Nothing for what is not well encoded, or stands for a control character.
std::optional<std::string> decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char letter = text[i];
        if (letter == '%') {
            unsigned value = 0;
            if (i + 2 >= text.size()) return std::nullopt;
            const char* const first = text.data() + i + 1;
            if (std::from_chars(first, first + 2, value, 16).ptr != first + 2) return std::nullopt;
            letter = static_cast<char>(value);
            i += 2;
        }
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) return std::nullopt;
        result.push_back(letter);
    }
    return result;
}

bool is_plain(char letter) noexcept {
    const bool alpha = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    return alpha || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
           letter == '_' || letter == '~' || letter == '/';
}

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (is_plain(letter))
            result.push_back(letter);
        else
            result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return result;
}

/// A name or an address in brackets: libpq takes lists, and names of folders, which nobody would
/// expect here.
bool is_database_host(std::string_view host) {
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    return std::all_of(host.begin(), host.end(), [&](char letter) {
        return (is_plain(letter) && letter != '/' && letter != '~') ||
               (bracketed && (letter == ':' || letter == '[' || letter == ']'));
    });
}

bool is_port(std::string_view port) {
    unsigned number = 0;
    const char* const end = port.data() + port.size();
    return !port.empty() && std::from_chars(port.data(), end, number).ptr == end && number > 0 &&
           number <= 65'535;
}

using Query = std::map<std::string, std::string, std::less<>>;

struct Pieces {
    DatabaseAddress database;
    Query query;
};

std::optional<std::string> take_authority(std::string_view authority, DatabaseAddress& database) {
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view user = authority.substr(0, at);
        if (user.find(':') != std::string_view::npos)
            return "holds a password, which would be kept and shown; leave it out and put it into "
                   "the file that PGPASSFILE names (~/.pgpass), or into PGPASSWORD";
        const auto name = decoded(user);
        if (!name) return "names no user that makes sense";
        database.user = *name;
        authority.remove_prefix(at + 1);
    }
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && !authority.ends_with(']')) {
        database.port = authority.substr(colon + 1);
        if (!is_port(database.port)) return "names no port that makes sense";
        authority = authority.substr(0, colon);
    }
    if (!is_database_host(authority)) return "names no host that makes sense";
    database.host = authority;
    if (authority.starts_with('[')) database.host = authority.substr(1, authority.size() - 2);
    return std::nullopt;
}

std::optional<std::string> take_query(std::string_view text, Query& query) {
    while (!text.empty()) {
        const std::string_view item = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        const std::size_t equals = item.find('=');
        const auto value = decoded(equals == std::string_view::npos ? "" : item.substr(equals + 1));
        const std::string name(item.substr(0, equals));
        if (!value || name.empty()) return "has a query that cannot be read";
        if (!query.emplace(name, *value).second) return "says " + name + "= twice";
    }
    return std::nullopt;
}

std::optional<std::string> take_connection_words(Query& query, DatabaseAddress& database) {
    constexpr std::array<std::string_view, 6> modes{
        "disable", "allow", "prefer", "require", "verify-ca", "verify-full"};
    if (auto host = query.extract("host")) {
        if (!database.host.empty()) return "names two hosts";
        database.host = host.mapped();
        if (!database.host.starts_with('/')) return "may say host= of the folder of a socket only";
    }
    if (auto mode = query.extract("sslmode")) {
        database.sslmode = mode.mapped();
        if (std::find(modes.begin(), modes.end(), database.sslmode) == modes.end())
            return "has an sslmode that does not exist; allowed: disable, allow, prefer, require, "
                   "verify-ca, verify-full";
    }
    return std::nullopt;
}

Result<Pieces> pieces_of(std::string_view text) {
    if (text.size() > longest_database_address)
        return refused_database(text, "is longer than 2,000 characters");
    const auto* const scheme = std::find_if(database_schemes.begin(),
                                            database_schemes.end(),
                                            [&](const auto& one) { return text.starts_with(one); });
    if (scheme == database_schemes.end()) return refused_database(text, "names no database");
    std::string_view rest = text.substr(scheme->size());
    if (rest.find('#') != std::string_view::npos)
        return refused_database(text, "has a fragment (#…)");
    const std::size_t question = std::min(rest.find('?'), rest.size());
    Pieces pieces;
    const std::string_view place = rest.substr(0, question);
    // A password may hold what looks like the beginning of a path.
    const std::size_t at = std::min(place.rfind('@'), place.size());
    const std::size_t slash = std::min(place.find('/', at == place.size() ? 0 : at), place.size());
    if (const auto fault = take_authority(place.substr(0, slash), pieces.database))
        return refused_database(text, *fault);
    const auto database = decoded(place.substr(std::min(slash + 1, place.size())));
    if (!database || database->find('/') != std::string::npos)
        return refused_database(text, "names no database that makes sense");
    pieces.database.database = *database;
    rest.remove_prefix(std::min(question + 1, rest.size()));
    auto fault = take_query(rest, pieces.query);
    if (!fault) fault = take_connection_words(pieces.query, pieces.database);
    if (fault) return refused_database(text, *fault);
    return pieces;
}

std::optional<std::string> take_table(Query& query, TableAddress& address) {
    const auto take = [&](const char* name, std::string& into) {
        if (auto found = query.extract(name)) into = found.mapped();
    };
    std::string table;
    take("table", table);
    take("geometry", address.geometry);
    take("key", address.key);
    const std::size_t dot = table.find('.');
    if (dot != std::string::npos) address.schema = table.substr(0, dot);
    address.table = dot == std::string::npos ? table : table.substr(dot + 1);
    const std::array<const std::string*, 4> names{
        &address.schema, &address.table, &address.geometry, &address.key};
    if (address.schema.empty() || address.table.empty() ||
        std::any_of(names.begin(), names.end(), [](const std::string* name) {
            return name->size() > longest_name;
        }))
        return std::string("names no table; it is ") + table_form;
    return std::nullopt;
}

}  // namespace

bool names_database(std::string_view text) noexcept {
    return std::any_of(database_schemes.begin(), database_schemes.end(), [&](const auto& scheme) {
        return text.starts_with(scheme);
    });
}

Result<DatabaseAddress> DatabaseAddress::make(std::string_view text) {
    auto pieces = pieces_of(text);
    if (!pieces) return pieces.error();
    if (!pieces->query.empty())
        return refused_database(text, "says more than which database it is");
    return std::move(pieces->database);
}

std::string DatabaseAddress::text() const {
    const bool socket = host.starts_with('/');
    const bool bare_v6 = !socket && host.find(':') != std::string::npos;
    std::string all = "postgresql://" + (user.empty() ? "" : encoded(user) + "@");
    if (!socket) all += bare_v6 ? "[" + host + "]" : host;
    if (!port.empty()) all += ":" + port;
    all += "/" + encoded(database);
    char before = '?';
    const auto add = [&](const char* name, const std::string& value) {
        if (value.empty()) return;
        all.append(1, before).append(name).append("=").append(encoded(value));
        before = '&';
    };
    add("host", socket ? host : std::string());
    add("sslmode", sslmode);
    return all;
}

bool DatabaseAddress::stands_under(const DatabaseAddress& root) const noexcept {
    const auto port_of = [](const DatabaseAddress& one) {
        return one.port.empty() ? std::string_view("5432") : std::string_view(one.port);
    };
    return host == root.host && port_of(*this) == port_of(root) &&
           (root.database.empty() || root.database == database) &&
           (root.user.empty() || root.user == user);
}

Result<TableAddress> TableAddress::make(std::string_view text) {
    auto pieces = pieces_of(text);
    if (!pieces) return pieces.error();
    TableAddress address;
    address.database = std::move(pieces->database);
    if (const auto fault = take_table(pieces->query, address))
        return refused_database(text, *fault);
    if (address.database.database.empty()) return refused_database(text, "names no database");
    if (!pieces->query.empty())
        return refused_database(text,
                                "says " + pieces->query.begin()->first.substr(0, 40) +
                                    "=, which means nothing here; allowed is " + table_form);
    return address;
}

std::string TableAddress::text() const {
    std::string all = database.text();
    const auto add = [&](const char* name, const std::string& value) {
        if (value.empty()) return;
        all.append(all.find('?') == std::string::npos ? "?" : "&");
        all.append(name).append("=").append(encoded(value));
    };
    add("table", schema + "." + table);
    add("geometry", geometry);
    add("key", key);
    return all;
}

}  // namespace relief
