#pragma once
// The certificate and the rules of TLS, as OpenSSL holds them.

#include "tiler/core/result.hpp"

#include <openssl/ossl_typ.h>

#include <memory>
#include <string>

namespace relief::http {

struct CertificateFiles {
    std::string certificate;  ///< PEM: the server's own first, then the intermediate ones
    std::string key;          ///< PEM, without a passphrase
};

/// TLS 1.2 and 1.3 with this certificate, ALPN http/1.1.
/// Errors: bad_request that tells which of the files is wrong and why: unreadable, no PEM, another
///         certificate's key, a key with a passphrase.
Result<std::shared_ptr<SSL_CTX>> make_tls(const CertificateFiles& files);

}  // namespace relief::http
