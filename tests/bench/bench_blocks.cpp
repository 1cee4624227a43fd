// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/logblock.h"
#include "core/entryid.h"
#include "storage/blocks/tokens.h"
#include "storage/blocks/wordindex.h"
#include <QElapsedTimer>
#include <cstdio>
#include <random>
#include <fstream>
using namespace vigie;
static std::mt19937 rnd{42};
static unsigned next(unsigned b){return rnd()%b;}
static std::string message(std::uint64_t n){char t[256];switch(next(4)){case 0:std::snprintf(t,sizeof t,"GET /api/orders/%u 200 in %u ms from 10.0.%u.%u",next(1'000'000),next(900),next(256),next(256));break;case 1:std::snprintf(t,sizeof t,"payment %08x accepted for customer %u, amount %u.%02u EUR",unsigned(rnd()),next(50'000),next(500),next(100));break;case 2:std::snprintf(t,sizeof t,"cache miss for product %u, loaded from database in %u us",next(20'000),next(9'000));break;default:std::snprintf(t,sizeof t,"worker %u finished job %llu after %u retries",next(64),(unsigned long long)n,next(4));}return t;}
static std::string metadata(){char t[160];std::snprintf(t,sizeof t,R"({"requestId":"%08x","host":"till-%u","durationMs":%u})",unsigned(rnd()),next(40),next(2000));return t;}
int main(int argc,char**argv){
  const std::size_t N=argc>1?std::stoul(argv[1]):2048; const std::size_t blocks=argc>2?std::stoul(argv[2]):100;
  std::vector<std::string> lines; if(argc>3){std::ifstream f(argv[3]);std::string l;while(std::getline(f,l))lines.push_back(l);}
  EntryIdSource ids; LogBlockWriter w; double pack=0,unpack=0; std::size_t bytes=0,raw=0,entries=0; bool ok=true;
  LogBlock b; std::uint64_t n=0; const char* levels[]={"error","warn","warn","debug","debug","info"};
  TokenSet set; GroupIndex group; double tok=0,pk=0,grp=0; std::size_t l0=0,l1=0,ntok=0; unsigned ing=0; std::string l0s; std::vector<std::string> lastg; std::vector<std::string> all0;
  for(std::size_t k=0;k<blocks;++k){
    std::vector<std::array<std::string,4>> kept;
    for(std::size_t i=0;i<N;++i,++n){ if(!lines.empty()&&n>=lines.size())break; std::int64_t t=1'700'000'000'000+std::int64_t(n)*3;
      kept.push_back({std::string(ids.next(t)),levels[std::min(next(100),5u)],lines.empty()?message(n):lines[n],lines.empty()?metadata():std::string()});}
    if(kept.empty())break;
    QElapsedTimer timer; timer.start();
    for(std::size_t i=0;i<kept.size();++i){auto&e=kept[i]; w.add({e[0],1'700'000'000'000+std::int64_t(n-kept.size()+i)*3,e[1],e[2],e[3],false,false,true},"till-1"); raw+=e[2].size()+e[3].size();}
    { QElapsedTimer t2; t2.start(); set.clear(); for(auto&e:kept){set.add(e[2]);set.add(e[3]);} ntok+=set.size(); auto tk=set.tokens(); tok+=t2.nsecsElapsed(); t2.start(); auto st=storedTokens(tk); l0s=packBlockIndex(st); pk+=t2.nsecsElapsed(); l0+=l0s.size(); all0.push_back(l0s); std::vector<StoredToken> back; if(!unpackBlockIndex(l0s,back)||back!=st){std::printf("index differs\n");} t2.start(); group.add(back); if(++ing==64){ lastg=group.pack(); ing=0; for(auto&b:lastg)l1+=b.size(); } grp+=t2.nsecsElapsed(); }
    std::string blob; w.pack(blob); pack+=timer.nsecsElapsed(); bytes+=blob.size(); entries+=kept.size();
    timer.start(); ok=ok&&b.open(blob)&&b.readAll(); unpack+=timer.nsecsElapsed();
    for(std::size_t i=0;ok&&i<kept.size();++i){auto e=b.entry(i); if(e.id!=kept[i][0]||e.level!=kept[i][1]||e.message!=kept[i][2]||e.metadataJson!=kept[i][3]){std::printf("differs at %zu: %s | %s\n",i,std::string(e.message).c_str(),kept[i][2].c_str());ok=false;}}
  }
  std::printf("tokens %.2f an entry, %.2f M/s; index0 %.2f B %.2f M/s; group %.2f B %.2f M/s\n",double(ntok)/entries,entries/tok*1e3,double(l0)/entries,entries/pk*1e3,double(l1)/(entries/64/N*64*N),entries/grp*1e3);
  { int hits=0,h0=0; QElapsedTimer t3; t3.start(); for(int i=0;i<10000;++i){auto t=storedTokens(tokensOfPart("zqx"+std::to_string(i)+" ",true)); if(!lastg.empty()&&GroupIndex::blocksOf(lastg[GroupIndex::bucketOf(t[0])],t[0]))++hits; if(mayHaveAll(l0s,t))++h0;} std::printf("fpr group %.4f block %.4f, %.2f us\n",hits/1e4,h0/1e4,t3.nsecsElapsed()/1e7);
    auto t=storedTokens(tokensOfPart(" payment ")); std::printf("payment %zu: %llx %d\n",t.size(),lastg.empty()?0ull:(unsigned long long)GroupIndex::blocksOf(lastg[GroupIndex::bucketOf(t[0])],t[0]),mayHaveAll(l0s,t)); auto u=storedTokens(tokensOfPart("aymen")); std::printf("aymen %zu: %d\n",u.size(),mayHaveAll(l0s,u)); }
  std::printf("%zu entries, raw %.1f B, packed %.2f B an entry; pack %.2f M/s, unpack %.2f M/s (%.2f GB/s) ok=%d\n",entries,double(raw)/entries,double(bytes)/entries,entries/pack*1e3,entries/unpack*1e3,raw/unpack,ok);
}
