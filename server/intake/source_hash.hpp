#pragma once
// Whom a report is from, as a text that counts people without naming them.

#include "server/access/key_file.hpp"
#include "tiler/core/instant.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace relief::intake {

/// The workspace's key for contacts: without it nobody can try numbers until one fits.
/// Errors: those of access::ensure_key().
Result<access::SecretKey> ensure_contact_key(const std::filesystem::path& workspace);

/// HMAC-SHA256 of what report::contact_text() made of what was typed, hexadecimal.
std::string contact_hash(std::string_view contact, const access::SecretKey& key);

/// Of a report without a contact: all of one block of addresses (IPv4 /24, IPv6 /48) and one day in
/// UTC are one source (privacy.md P6). A text that is no address stands for itself.
std::string network_hash(std::string_view address, Instant now, const access::SecretKey& key);

}  // namespace relief::intake
