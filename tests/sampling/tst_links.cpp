// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/links.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

Q_DECLARE_METATYPE(std::vector<vigie::Link>)

/// Which interfaces repeat the bytes of others.
class TestLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPathCountsOnce_data();
    void eachPathCountsOnce();
    void noOrderMatters_data();
    void noOrderMatters();
    void ringsEnd();
};

namespace {

Link card(const char* name, int index, int master = 0)
{
    return {name, "", index, 0, master, false, false};
}

/// `lower` below 0: in another namespace.
Link made(const char* name, int index, const char* kind, int lower = 0, int master = 0)
{
    return {name, kind, index, std::abs(lower), master, lower < 0, false};
}

Link forwarding(Link link)
{
    link.forwards = true;
    return link;
}

QStringList countedOf(const std::vector<Link>& links)
{
    const auto repeating = repeatingLinks(links);
    QStringList counted;
    for (const Link& link : links) {
        if (!std::binary_search(repeating.begin(), repeating.end(), link.name))
            counted << QString::fromStdString(link.name);
    }
    counted.sort();
    return counted;
}

} // namespace

void TestLinks::eachPathCountsOnce_data()
{
    QTest::addColumn<std::vector<Link>>("links");
    QTest::addColumn<QString>("counted");
    const auto row = [](const char* name, const std::vector<Link>& links, const char* counted) {
        QTest::newRow(name) << links << QString::fromLatin1(counted);
    };
    row("cards", {card("eth0", 2), card("wlan0", 3)}, "eth0 wlan0");
    row("bond", {card("eth0", 2, 4), card("eth1", 3, 4), made("bond0", 4, "bond")}, "eth0 eth1");
    row("team", {card("eth0", 2, 4), card("eth1", 3, 4), made("team0", 4, "team")}, "eth0 eth1");
    row("VLAN", {card("eth0", 2), made("eth0.5", 3, "vlan", 2)}, "eth0");
    row("VLANs of a bond", {card("eth0", 2, 4), made("bond0", 4, "bond"), made("bond0.5", 5, "vlan", 4)}, "eth0");
    row("macvlan", {card("eth0", 2), made("mac0", 3, "macvlan", 2), made("ip0", 4, "ipvlan", 2)}, "eth0");
    row("bridge on a card, with guests",
        {card("eth0", 2, 3), made("br0", 3, "bridge"), made("vnet0", 4, "tun", 0, 3), made("veth1", 5, "veth", -2, 3)}, "eth0");
    row("bridge on a VLAN, with a guest",
        {card("eth0", 2), made("eth0.5", 3, "vlan", 2, 4), made("br5", 4, "bridge"), made("veth1", 5, "veth", -2, 4)}, "eth0");
    row("bridge without a card", {made("br0", 2, "bridge"), made("v0", 3, "veth", -2, 2)}, "v0");
    row("bridge of two guests", {made("br0", 2, "bridge"), made("v0", 3, "veth", -2, 2), made("v1", 4, "veth", -2, 2)}, "v0 v1");
    row("bridge beside a card, nothing is routed", {card("eth0", 2), made("br0", 3, "bridge"), made("v0", 4, "veth", -2, 3)},
        "eth0 v0");
    row("Docker",
        {forwarding(card("eth0", 2)), forwarding(made("docker0", 3, "bridge")), forwarding(made("v0", 4, "veth", -2, 3))},
        "eth0");
    row("routed containers", {card("eth0", 2), forwarding(made("cali1", 3, "veth", -2))}, "eth0");
    row("a container", {made("eth0", 2, "veth", -9)}, "eth0");
    row("Docker in a container",
        {made("eth0", 2, "veth", -9), forwarding(made("docker0", 3, "bridge")), forwarding(made("v0", 4, "veth", -2, 3))},
        "eth0");
    row("VLAN in a container", {made("eth0", 2, "veth", -9), made("eth0.5", 3, "vlan", 2)}, "eth0");
    row("container with a macvlan", {made("eth0", 2, "macvlan", -9)}, "eth0");
    row("VPN",
        {card("eth0", 2), made("tun0", 3, "tun"), made("wg0", 4, "wireguard"), made("gre0", 5, "gre"), made("sit0", 6, "sit", 2),
         made("vx0", 7, "vxlan"), made("ppp0", 8, "ppp")},
        "eth0");
    row("nothing but a tunnel", {made("tap0", 2, "tun")}, "tap0");
    row("VPN in a container", {made("eth0", 2, "veth", -9), made("tun0", 3, "tun")}, "eth0");
    row("overlay network",
        {card("eth0", 2), made("vx0", 3, "vxlan", 0, 4), made("br0", 4, "bridge"), forwarding(made("v0", 5, "veth", -2, 4))},
        "eth0 v0");
    row("copies", {card("eth0", 2), made("ifb0", 3, "ifb"), made("dummy0", 4, "dummy")}, "eth0");
    row("cable within", {card("eth0", 2), made("a", 3, "veth", 4), made("b", 4, "veth", 3)}, "eth0");
    row("cable within, and nothing else", {made("a", 3, "veth", 4), made("b", 4, "veth", 3)}, "a b");
    row("cable between bridges",
        {card("eth0", 2, 6), made("a", 3, "veth", 4, 5), made("b", 4, "veth", 3, 6), made("br1", 5, "bridge"),
         made("br2", 6, "bridge")},
        "eth0");
    row("Open vSwitch", {card("eth0", 2, 3), made("ovs-system", 3, "openvswitch"), made("br-int", 4, "openvswitch")}, "eth0");
    row("VRF", {card("eth0", 2, 3), made("red", 3, "vrf")}, "eth0");
    row("switch chip", {card("eth0", 2), made("lan1", 3, "dsa", 2), made("lan2", 4, "dsa", 2)}, "eth0");
    row("virtual function below its failover card", {card("eth0", 2), card("vf0", 3, 2)}, "eth0");
    row("modem", {card("eth0", 2), made("wwan0", 3, "wwan")}, "eth0 wwan0");
    row("bridge without ports", {card("eth0", 2), made("virbr0", 3, "bridge")}, "eth0");
    row("none", {}, "");
}

void TestLinks::eachPathCountsOnce()
{
    QFETCH(std::vector<Link>, links);
    QFETCH(QString, counted);
    QCOMPARE(countedOf(links).join(u' '), counted);
}

void TestLinks::noOrderMatters_data()
{
    eachPathCountsOnce_data();
}

void TestLinks::noOrderMatters()
{
    QFETCH(std::vector<Link>, links);
    QFETCH(QString, counted);
    std::reverse(links.begin(), links.end());
    QCOMPARE(countedOf(links).join(u' '), counted);
}

void TestLinks::ringsEnd()
{
    // No kernel says so.
    const std::vector<Link> ring = {made("a", 2, "vlan", 3, 3), made("b", 3, "vlan", 2, 2), made("c", 4, "bridge", 4, 4),
                                    card("eth0", 2, 3)};
    QVERIFY(repeatingLinks(ring).size() <= ring.size());
}

VIGIE_TEST(TestLinks)
#include "tst_links.moc"
