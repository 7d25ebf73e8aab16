#include "server/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace relief::http {
namespace {

std::string library_words() {
    std::array<char, 256> words{};
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "no further reason";
    ERR_error_string_n(code, words.data(), words.size());
    return words.data();
}

Error unusable(std::string what, const std::string& file) {
    return bad_request(std::move(what), file + ": " + library_words());
}

bool is_readable(const std::string& file) {
    return std::ifstream(file).good();
}

/// Never asks on the terminal: a server that waits for a passphrase is a server that is down.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) {
    return -1;
}

/// Takes http/1.1 when the client offers it among others (RFC 7301). The signature is OpenSSL's.
// NOLINTNEXTLINE(readability-function-size)
int choose_protocol(SSL* /*ssl*/,
                    const unsigned char** chosen,
                    unsigned char* length,
                    const unsigned char* offered,
                    unsigned int offered_length,
                    void* /*data*/) {
    using namespace std::string_view_literals;
    constexpr auto spoken = "\x08http/1.1"sv;
    const std::string_view list(reinterpret_cast<const char*>(offered), offered_length);
    const auto at = list.find(spoken);
    if (at == std::string_view::npos) return SSL_TLSEXT_ERR_NOACK;
    *chosen = offered + at + 1;
    *length = static_cast<unsigned char>(spoken.size() - 1);
    return SSL_TLSEXT_ERR_OK;
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                            SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                            SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Buffers of 34 kB for each connection are held only while something is in them.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    // Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else.
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_default_passwd_cb(context, &no_passphrase);
    SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
}

}  // namespace

Result<std::shared_ptr<SSL_CTX>> make_tls(const CertificateFiles& files) {
    for (const auto& [file, option] :
         {std::pair{&files.certificate, "tls.cert"}, std::pair{&files.key, "tls.key"}}) {
        if (!is_readable(*file)) {
            return bad_request(std::string(option) + ": the file cannot be read", *file);
        }
    }
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!context) return unusable("TLS is not available", files.certificate);
    set_rules(context.get());
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
        return unusable("tls.cert holds no PEM certificate", files.certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        return unusable(
            "tls.key holds no PEM key without a passphrase that belongs to the certificate of "
            "tls.cert",
            files.key);
    }
    return context;
}

}  // namespace relief::http
