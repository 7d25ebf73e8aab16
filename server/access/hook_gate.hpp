#pragma once
// Messages that other programs sign: a webhook is let in by its signature alone.

#include "tiler/core/instant.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace relief::access {

/// As the headers of a request have it.
struct SignedMessage {
    std::string_view source;     ///< name of the hook
    std::string_view timestamp;  ///< X-Relief-Timestamp: seconds since 1970
    std::string_view signature;  ///< X-Relief-Signature: "sha256=" and 64 hexadecimal digits of
                                 ///< HMAC-SHA256(secret, timestamp "." body)
    std::string_view body;
};

/// For any thread. What it has seen is forgotten when the program ends; what is sent again then
/// bears the names that its records have at their source, and changes nothing.
class HookGate {
public:
    enum class Verdict : std::uint8_t {
        admitted,
        refused,  ///< an unknown source, a wrong signature, too old or too new, seen before: which
                  ///< of them is nobody's business
        full,     ///< more messages within ten minutes than are remembered
    };

    using Secrets = std::map<std::string, std::string, std::less<>>;  ///< by source

    /// `most`: messages that are remembered.
    explicit HookGate(Secrets secrets, std::size_t most = 65'536);

    /// A message is admitted once. Unknown sources take as long as known ones.
    Verdict admit(const SignedMessage& message, Instant now);
    /// One that was admitted came to nothing: it may be sent once more.
    void forget(const SignedMessage& message);

    /// Either way from the clock of this machine.
    static constexpr std::int64_t span_ms = std::int64_t{5} * 60 * 1000;

private:
    using Digest = std::array<std::uint8_t, 32>;
    Verdict remember(const Digest& digest, Instant sent, Instant now);

    Secrets secrets_;
    std::string no_secret_;  ///< of sources that are not known; random
    std::size_t most_;
    std::mutex mutex_;
    std::set<std::pair<std::int64_t, Digest>> seen_;  ///< by the time they bear
};

}  // namespace relief::access
