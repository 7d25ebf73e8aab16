#pragma once
// A key and a certificate that signs itself, made for one test.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <unistd.h>

namespace relief::http {

/// PEM files in a folder of their own, removed with this object.
class Certificate {
public:
    explicit Certificate(const std::string& name = "localhost")
        : folder_(std::filesystem::temp_directory_path() /
                  ("relief-tls-" + std::to_string(::getpid()) + '-' + name)) {
        std::filesystem::create_directories(folder_);
        write(name, nullptr);
    }
    ~Certificate() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    Certificate(Certificate&&) = delete;
    Certificate& operator=(Certificate&&) = delete;

    std::string certificate() const { return folder_ / "cert.pem"; }
    std::string key() const { return folder_ / "key.pem"; }

    /// A fresh pair under the same names. `passphrase`: null for none.
    void write(const std::string& name, const char* passphrase) const {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                      &EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
        X509_set_version(made.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
        X509_set_pubkey(made.get(), key.get());
        auto* subject = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(subject,
                                   "CN",
                                   MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(name.c_str()),
                                   -1,
                                   -1,
                                   0);
        X509_set_issuer_name(made.get(), subject);
        EXPECT_GT(X509_sign(made.get(), key.get(), EVP_sha256()), 0);

        const auto open = [](const std::string& file) {
            return std::unique_ptr<FILE, decltype(&std::fclose)>(std::fopen(file.c_str(), "w"),
                                                                 &std::fclose);
        };
        PEM_write_X509(open(certificate()).get(), made.get());
        const auto* cipher = passphrase != nullptr ? EVP_aes_128_cbc() : nullptr;
        const std::string word = passphrase != nullptr ? passphrase : "";
        PEM_write_PKCS8PrivateKey(open(this->key()).get(),
                                  key.get(),
                                  cipher,
                                  word.data(),
                                  static_cast<int>(word.size()),
                                  nullptr,
                                  nullptr);
    }

private:
    std::filesystem::path folder_;
};

}  // namespace relief::http
