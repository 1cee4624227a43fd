// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/firstentrycode.h"

#include <QUrl>

namespace vigie {

using namespace Qt::StringLiterals;

QString firstEntryCode(CodeLanguage language, const QString& url)
{
    const QString address = url + (url.endsWith(u'/') ? QString() : u"/"_s) + u"api/apps/demo/logs"_s;
    if (language == CodeLanguage::JavaScript)
        return u"fetch(\"%1\", { method: \"POST\", body: \"Hello from JavaScript\" })"_s.arg(address);
    if (QUrl(url).scheme() == "https"_L1)
        return {};
    if (language == CodeLanguage::Python) {
        return u"python3 - <<'EOF'\nfrom urllib.request import urlopen\n"
               "urlopen(\"%1\", b\"Hello from Python\")\nEOF\n"_s.arg(address);
    }
    return u"curl -d 'Hello from the shell' %1"_s.arg(address);
}

} // namespace vigie
