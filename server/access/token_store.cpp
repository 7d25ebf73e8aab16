#include "server/access/token_store.hpp"

#include "server/access/audit_log.hpp"
#include "server/access/store_file.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::access {
namespace {

namespace fs = std::filesystem;
using workspace::Connection;
using workspace::Statement;

std::optional<std::int64_t> milliseconds_of(const std::optional<Instant>& moment) {
    return moment ? std::optional(moment->milliseconds) : std::nullopt;
}

std::optional<Instant> moment_of(std::optional<std::int64_t> milliseconds) {
    return milliseconds ? std::optional(Instant{*milliseconds}) : std::nullopt;
}

/// Errors: source_broken when the row is not as this program writes it.
Result<KeptToken> read_row(const Statement& row) {
    KeptToken token;
    token.id = row.text(0);
    token.fingerprint = row.text(1);
    const auto role = find_name<Role>(role_names, row.text(2));
    const auto layers = nlohmann::json::parse(row.text(3), nullptr, false);
    if (!role || (!layers.is_array() && !layers.is_null()))
        return source_broken("the token " + token.id + " in relief.db cannot be read");
    token.terms.role = *role;
    if (layers.is_array()) {
        token.terms.layers.emplace();
        for (const auto& layer : layers)
            if (layer.is_string()) token.terms.layers->push_back(layer.get<std::string>());
    }
    token.created = Instant{row.number(4)};
    token.terms.expires = moment_of(row.optional_number(5));
    token.revoked = moment_of(row.optional_number(6));
    return token;
}

/// Tokens are made on the command line.
AuditEvent event(const char* action, const std::string& token) {
    return {.actor = "operator", .role = "operator", .action = action, .object = token};
}

}  // namespace

Result<TokenStore> TokenStore::open(const fs::path& workspace) {
    auto connection = open_for_writing(workspace);
    if (!connection) return connection.error();
    return TokenStore(std::move(*connection));
}

Result<TokenStore> TokenStore::open_existing(const fs::path& workspace) {
    auto connection = open_for_reading(workspace);
    if (!connection) return connection.error();
    return TokenStore(std::move(*connection));
}

Result<NewToken> TokenStore::create(const TokenTerms& terms, Instant now) {
    NewToken token = new_token();
    auto transaction = workspace::Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    const std::string layers =
        terms.layers ? nlohmann::json(*terms.layers).dump() : std::string("null");
    Statement insert(connection_,
                     "INSERT INTO tokens (id, hash, role, layers, created, expires) "
                     "VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(token.id).bind(token.fingerprint).bind(name_of(role_names, terms.role));
    insert.bind(layers).bind(now.milliseconds).bind(milliseconds_of(terms.expires));
    if (auto done = insert.finish(); !done) return done.error();
    if (auto done = AuditLog::append(connection_, event("token-create", token.id), now); !done)
        return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return token;
}

Result<std::vector<KeptToken>> TokenStore::all() const {
    Statement query(connection_,
                    "SELECT id, hash, role, coalesce(layers, 'null'), created, expires, revoked "
                    "FROM tokens ORDER BY created, id");
    std::vector<KeptToken> tokens;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return tokens;
        auto token = read_row(query);
        if (!token) return token.error();
        tokens.push_back(std::move(*token));
    }
}

Result<void> TokenStore::revoke(const std::string& id, Instant now) {
    auto transaction = workspace::Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement update(connection_,
                     "UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ? RETURNING id");
    const auto row = update.bind(now.milliseconds).bind(id).step();
    if (!row) return row.error();
    if (!*row) return not_found("there is no token with the id " + id);
    if (auto done = update.finish(); !done) return done;
    if (auto done = AuditLog::append(connection_, event("token-revoke", id), now); !done)
        return done;
    return transaction->commit();
}

Result<std::int64_t> TokenStore::data_version() const {
    return connection_.number("PRAGMA data_version");
}

}  // namespace relief::access
