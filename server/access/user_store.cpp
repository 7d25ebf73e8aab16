#include "server/access/user_store.hpp"

#include "server/access/audit_log.hpp"
#include "server/access/secret.hpp"
#include "server/access/store_file.hpp"
#include "server/access/token.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::access {
namespace {

namespace fs = std::filesystem;
using workspace::Connection;
using workspace::Statement;
using workspace::Transaction;

std::string text_of_layers(const std::optional<std::vector<std::string>>& layers) {
    return layers ? nlohmann::json(*layers).dump() : std::string("null");
}

Error unreadable(const std::string& id) {
    return source_broken("the user " + id + " in relief.db cannot be read");
}

/// From three columns. Errors: source_broken when they are not as this program writes them.
Result<UserTerms> read_terms(const Statement& row, int column, const std::string& id) {
    const auto role = find_name<Role>(role_names, row.text(column + 1));
    const auto layers = nlohmann::json::parse(row.text(column + 2), nullptr, false);
    if (!role || (!layers.is_array() && !layers.is_null())) return unreadable(id);
    UserTerms terms{row.text(column), *role, std::nullopt};
    if (!layers.is_array()) return terms;
    terms.layers.emplace();
    for (const auto& layer : layers)
        if (layer.is_string()) terms.layers->push_back(layer.get<std::string>());
    return terms;
}

Result<KeptUser> read_user(const Statement& row) {
    KeptUser user;
    user.id = row.text(0);
    auto terms = read_terms(row, 1, user.id);
    if (!terms) return terms.error();
    user.terms = std::move(*terms);
    user.hash = row.text(4);
    user.created = Instant{row.number(5)};
    user.shown = row.text(6);
    return user;
}

constexpr const char* user_columns =
    "SELECT id, name, role, coalesce(layers, 'null'), hash, created, "
    "coalesce(shown, name) FROM users ";

Result<void> tell(const Connection& connection,
                  const char* action,
                  const std::string& user,
                  Instant now) {
    return AuditLog::append(
        connection,
        {.actor = "operator", .role = "operator", .action = action, .object = user},
        now);
}

/// The id of the row that a statement with RETURNING changed.
Result<std::string> changed_user(Statement& statement, const std::string& name) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return not_found("there is no user \"" + name.substr(0, 100) + "\"");
    std::string id = statement.text(0);
    if (auto done = statement.finish(); !done) return done.error();
    return id;
}

/// What no user can be called: no name of a user has an @.
std::string provider_name(const OidcPerson& person) {
    return '@' + person.id;
}

std::string shown_name(const OidcPerson& person) {
    return person.name.empty() ? provider_name(person) : person.name;
}

Result<void> end_sessions(const Connection& connection, const std::string& user) {
    Statement remove(connection, "DELETE FROM sessions WHERE user = ?");
    return remove.bind(user).finish();
}

/// Who was so far somebody else's row cannot be: the id is that of issuer and subject.
Result<void> keep_person(const Connection& connection, const OidcPerson& person, Instant now) {
    Statement keep(connection,
                   "INSERT INTO users (id, name, role, layers, hash, created, shown) "
                   "VALUES (?, ?, ?, ?, '', ?, ?) ON CONFLICT (id) DO UPDATE SET role = "
                   "excluded.role, layers = excluded.layers, shown = excluded.shown");
    keep.bind(person.id).bind(provider_name(person)).bind(name_of(role_names, *person.role));
    keep.bind(text_of_layers(person.layers));
    return keep.bind(now.milliseconds).bind(shown_name(person)).finish();
}

Result<void> drop_person(const Connection& connection, const std::string& id) {
    if (auto done = end_sessions(connection, id); !done) return done;
    Statement remove(connection, "DELETE FROM users WHERE id = ?");
    return remove.bind(id).finish();
}

}  // namespace

Result<void> check_user_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    const bool good = !name.empty() && name.size() <= longest_user_name && name.front() != '-' &&
                      std::all_of(name.begin(), name.end(), fits);
    if (good) return {};
    return bad_request("\"" + std::string(name.substr(0, 100)) +
                       "\" is no name of a user; allowed are 1 to 64 of a-z 0-9 . _ -");
}

Result<UserStore> UserStore::open(const fs::path& workspace) {
    auto connection = open_for_writing(workspace);
    if (!connection) return connection.error();
    return UserStore(std::move(*connection));
}

Result<UserStore> UserStore::open_existing(const fs::path& workspace) {
    auto connection = open_for_reading(workspace);
    if (!connection) return connection.error();
    return UserStore(std::move(*connection));
}

Result<std::string> UserStore::add(const UserTerms& terms, const std::string& hash, Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    const auto known = find(terms.name);
    if (!known) return known.error();
    if (*known) return Error{Fault::conflict, "there is a user \"" + terms.name + "\" already"};
    const std::string id = random_id();
    Statement insert(
        connection_,
        "INSERT INTO users (id, name, role, layers, hash, created) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(id).bind(terms.name).bind(name_of(role_names, terms.role));
    insert.bind(text_of_layers(terms.layers)).bind(hash).bind(now.milliseconds);
    if (auto done = insert.finish(); !done) return done.error();
    if (auto done = tell(connection_, "user-add", id, now); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return id;
}

Result<std::vector<KeptUser>> UserStore::all() const {
    Statement query(connection_, std::string(user_columns) + "ORDER BY name");
    std::vector<KeptUser> users;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return users;
        auto user = read_user(query);
        if (!user) return user.error();
        users.push_back(std::move(*user));
    }
}

Result<std::optional<KeptUser>> UserStore::find(std::string_view name) const {
    Statement query(connection_, std::string(user_columns) + "WHERE name = ?");
    const auto row = query.bind(name).step();
    if (!row) return row.error();
    if (!*row) return std::optional<KeptUser>();
    auto user = read_user(query);
    if (!user) return user.error();
    return std::optional(std::move(*user));
}

Result<void> UserStore::remove(const std::string& name, Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    const auto known = find(name);
    if (!known) return known.error();
    if (*known)
        if (auto done = end_sessions(connection_, (*known)->id); !done) return done;
    Statement statement(connection_, "DELETE FROM users WHERE name = ? RETURNING id");
    const auto id = changed_user(statement.bind(name), name);
    if (!id) return id.error();
    if (auto done = tell(connection_, "user-remove", *id, now); !done) return done;
    return transaction->commit();
}

Result<KeptUser> UserStore::follow_provider(const OidcPerson& person, Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    const UserTerms terms{
        provider_name(person), person.role.value_or(Role::anonymous), person.layers};
    const auto known = find(terms.name);
    if (!known) return known.error();
    const auto kept =
        person.role ? keep_person(connection_, person, now) : drop_person(connection_, person.id);
    if (!kept) return kept.error();
    if (!*known && person.role)
        if (auto done = tell(connection_, "user-add", person.id, now); !done) return done.error();
    if (*known && !person.role)
        if (auto done = tell(connection_, "user-remove", person.id, now); !done)
            return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    if (!person.role) return Error{Fault::not_allowed, "the identity provider gives no role here"};
    return KeptUser{person.id, terms, {}, shown_name(person), now};
}

Result<void> UserStore::set_password(const std::string& name,
                                     const std::string& hash,
                                     Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement update(connection_,
                     "UPDATE users SET hash = ? WHERE name = ? AND hash <> '' RETURNING id");
    const auto id = changed_user(update.bind(hash).bind(name), name);
    if (!id) return id.error();
    if (auto done = end_sessions(connection_, *id); !done) return done;
    if (auto done = tell(connection_, "user-password", *id, now); !done) return done;
    return transaction->commit();
}

Result<std::string> UserStore::open_session(const KeptUser& user, const Stay& stay) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement same(connection_, "SELECT 1 FROM users WHERE id = ? AND hash = ?");
    const auto is_same = same.bind(user.id).bind(user.hash).step();
    if (!is_same) return is_same.error();
    if (!*is_same) return not_found("the user is gone or has another password by now");
    Statement forget(connection_, "DELETE FROM sessions WHERE expires <= ?");
    if (auto done = forget.bind(stay.from.milliseconds).finish(); !done) return done.error();
    const std::string secret = random_secret();
    Statement insert(
        connection_,
        "INSERT INTO sessions (id, hash, user, created, expires) VALUES (?, ?, ?, ?, ?)");
    insert.bind(random_id()).bind(fingerprint_of(secret)).bind(user.id);
    insert.bind(stay.from.milliseconds).bind(stay.until.milliseconds);
    if (auto done = insert.finish(); !done) return done.error();
    const AuditEvent event{.actor = user.id,
                           .role = std::string(name_of(role_names, user.terms.role)),
                           .action = "login",
                           .object = user.id};
    if (auto done = AuditLog::append(connection_, event, stay.from); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return secret;
}

Result<void> UserStore::close_session(const std::string& fingerprint, Instant now) {
    auto transaction = Transaction::begin(connection_);
    if (!transaction) return transaction.error();
    Statement remove(connection_, "DELETE FROM sessions WHERE hash = ? RETURNING user");
    const auto row = remove.bind(fingerprint).step();
    if (!row) return row.error();
    if (!*row) return {};
    const std::string user = remove.text(0);
    if (auto done = remove.finish(); !done) return done;
    const AuditEvent event{.actor = user, .role = "", .action = "logout", .object = user};
    if (auto done = AuditLog::append(connection_, event, now); !done) return done;
    return transaction->commit();
}

Result<std::vector<KeptSession>> UserStore::sessions() const {
    Statement query(
        connection_,
        "SELECT s.id, s.hash, u.id, u.name, u.role, coalesce(u.layers, 'null'), "
        "s.expires, coalesce(u.shown, u.name) FROM sessions s JOIN users u ON u.id = s.user");
    std::vector<KeptSession> all;
    while (true) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return all;
        KeptSession session;
        session.id = query.text(0);
        session.fingerprint = query.text(1);
        session.user = query.text(2);
        auto terms = read_terms(query, 3, session.user);
        if (!terms) return terms.error();
        session.terms = std::move(*terms);
        session.expires = Instant{query.number(6)};
        session.shown = query.text(7);
        all.push_back(std::move(session));
    }
}

}  // namespace relief::access
