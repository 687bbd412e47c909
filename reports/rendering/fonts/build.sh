#!/bin/sh
# Renews the fonts of paper beside this script. Needs Debian 12 (apt-get download), Python and pip;
# running the product needs none of it. Ends by printing the table of README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download fonts-noto-core=20201225-1
dpkg-deb -x fonts-noto-core_*.deb noto
noto=noto/usr/share/fonts/truetype/noto
cp noto/usr/share/doc/fonts-noto-core/copyright "$here/LICENSE-noto"
python3 -m venv tools
tools/bin/pip install --quiet fonttools==4.68.0 fontpkg-source-serif-4==4.4
serif=$(echo tools/lib/python3*/site-packages/fontpkg_source_serif_4)
cp "$serif/LICENSE" "$here/LICENSE-source-serif"

# Latin with Vietnamese, Cyrillic with Mongolian, and the signs of our texts.
letters=U+0020-024F,U+02B0-036F,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+20A0-20C0,U+2100-218F,U+2190-2199,U+2200-22FF,U+25A0-25FF,U+FB00-FB06

for style in Regular Italic Bold; do
  tools/bin/pyftsubset "$noto/NotoSans-$style.ttf" --unicodes=$letters --layout-features='*' \
    --output-file="$here/NotoSans-$style.ttf"
done
for script in Khmer Lao Myanmar Thai; do
  for style in Regular Bold; do cp "$noto/NotoSans$script-$style.ttf" "$here/"; done
done
tools/bin/fonttools varLib.instancer "$serif/files/SourceSerif4[opsz,wght].ttf" opsz=20 wght=600 \
  --update-name-table --output=semibold.ttf
tools/bin/pyftsubset semibold.ttf --unicodes=$letters --output-file="$here/SourceSerif4-Semibold.ttf"

cd "$here"
for file in *.ttf; do
  echo "| \`$file\` | $(($(wc -c <"$file") / 1024)) | \`$(sha256sum "$file" | cut -d' ' -f1)\` |"
done
