# Homebrew builds windsock from source. `make dist` puts the version in, a release the digest of the tag's archive.
class Windsock < Formula
  desc "Finds leaked API keys in source repositories"
  homepage "https://github.com/windsock-scanner/windsock"
  url "https://github.com/windsock-scanner/windsock/archive/refs/tags/v@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"
  head "https://github.com/windsock-scanner/windsock.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on xcode: ["16.3", :build]
  depends_on "libdeflate"
  depends_on "libgit2"
  depends_on "pcre2"

  uses_from_macos "swift" => :build, since: :sequoia
  uses_from_macos "curl"
  uses_from_macos "zlib"

  def install
    system "make", "install", "PREFIX=#{prefix}", "SWIFTFLAGS=--disable-sandbox"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/windsock --version")
    # A key that nobody ever had.
    key = "ghp_#{Array.new(36) { |index| ("a".."z").to_a[index * 7 % 26] }.join}"
    (testpath/"config.py").write("token = '#{key}'\n")
    system bin/"windsock", "scan", "--exit-zero", testpath/"config.py"
  end
end
