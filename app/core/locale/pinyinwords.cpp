// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/pinyinwords.h"

namespace tz::pinyin::table {

const Word words[] = {
    // Places
    {u"长沙", "chang sha"}, {u"长春", "chang chun"}, {u"长安", "chang an"}, {u"长江", "chang jiang"},
    {u"长治", "chang zhi"}, {u"长城", "chang cheng"}, {u"长虹", "chang hong"}, {u"长白", "chang bai"},
    {u"长兴", "chang xing"}, {u"长宁", "chang ning"}, {u"长乐", "chang le"}, {u"长征", "chang zheng"},
    {u"长三角", "chang san jiao"}, {u"重庆", "chong qing"}, {u"厦门", "xia men"}, {u"成都", "cheng du"},
    {u"首都", "shou du"}, {u"都江堰", "du jiang yan"}, {u"丽都", "li du"}, {u"都市", "du shi"}, {u"番禺", "pan yu"},
    {u"东莞", "dong guan"}, {u"蚌埠", "beng bu"}, {u"亳州", "bo zhou"}, {u"六安", "lu an"}, {u"台州", "tai zhou"},
    {u"丽水", "li shui"}, {u"乐清", "yue qing"}, {u"乐山", "le shan"}, {u"洛阳", "luo yang"}, {u"浚县", "xun xian"},
    {u"武陟", "wu zhi"}, {u"大城县", "dai cheng xian"}, {u"蔚县", "yu xian"}, {u"井陉", "jing xing"},
    {u"乐亭", "lao ting"}, {u"单县", "shan xian"}, {u"莘县", "shen xian"}, {u"东阿", "dong e"}, {u"荥阳", "xing yang"},
    {u"中牟", "zhong mu"}, {u"渑池", "mian chi"}, {u"黄陂", "huang pi"}, {u"监利", "jian li"}, {u"耒阳", "lei yang"},
    {u"郴州", "chen zhou"}, {u"铅山", "yan shan"}, {u"婺源", "wu yuan"}, {u"歙县", "she xian"}, {u"黟县", "yi xian"},
    {u"涡阳", "guo yang"}, {u"尉氏", "wei shi"}, {u"会稽", "kuai ji"}, {u"大栅栏", "da shi lan"},
    {u"十里堡", "shi li pu"}, {u"西藏", "xi zang"}, {u"吐蕃", "tu bo"}, {u"百色", "bai se"}, {u"朝阳", "chao yang"},
    {u"尉犁", "yu li"}, {u"珲春", "hun chun"}, {u"桦甸", "hua dian"}, {u"瑞丽", "rui li"}, {u"枞阳", "zong yang"},
    {u"六合", "lu he"}, {u"儋州", "dan zhou"}, {u"泌阳", "bi yang"}, {u"什邡", "shi fang"}, {u"犍为", "qian wei"},
    {u"石家庄", "shi jia zhuang"}, {u"宿州", "su zhou"}, {u"宿迁", "su qian"}, {u"勐海", "meng hai"},
    {u"拉萨", "la sa"}, {u"秘鲁", "bi lu"}, {u"新加坡", "xin jia po"}, {u"柏林", "bo lin"},
    // Ordinary words of company names
    {u"技术", "ji shu"}, {u"艺术", "yi shu"}, {u"学术", "xue shu"}, {u"手术", "shou shu"},
    {u"银行", "yin hang"}, {u"分行", "fen hang"}, {u"支行", "zhi hang"}, {u"总行", "zong hang"}, {u"行业", "hang ye"},
    {u"商行", "shang hang"}, {u"车行", "che hang"}, {u"琴行", "qin hang"}, {u"洋行", "yang hang"},
    {u"央行", "yang hang"}, {u"投行", "tou hang"}, {u"同行", "tong hang"}, {u"行情", "hang qing"},
    {u"招行", "zhao hang"}, {u"工行", "gong hang"}, {u"农行", "nong hang"}, {u"建行", "jian hang"},
    {u"音乐", "yin yue"}, {u"乐器", "yue qi"}, {u"声乐", "sheng yue"}, {u"乐队", "yue dui"}, {u"乐团", "yue tuan"},
    {u"民乐", "min yue"}, {u"会计", "kuai ji"}, {u"财会", "cai kuai"}, {u"重新", "chong xin"}, {u"重组", "chong zu"},
    {u"重阳", "chong yang"}, {u"重工", "zhong gong"}, {u"重点", "zhong dian"}, {u"调查", "diao cha"},
    {u"调研", "diao yan"}, {u"调度", "diao du"}, {u"传奇", "chuan qi"}, {u"传媒", "chuan mei"}, {u"传播", "chuan bo"},
    {u"自传", "zi zhuan"}, {u"模具", "mu ju"}, {u"模板", "mu ban"}, {u"模样", "mu yang"}, {u"模型", "mo xing"},
    {u"参差", "cen ci"}, {u"人参", "ren shen"}, {u"海参", "hai shen"}, {u"银杏", "yin xing"}, {u"率先", "shuai xian"},
    {u"效率", "xiao lv"}, {u"汇率", "hui lv"}, {u"利率", "li lv"}, {u"税率", "shui lv"}, {u"强大", "qiang da"},
    {u"校验", "jiao yan"}, {u"学校", "xue xiao"}, {u"角色", "jue se"}, {u"供给", "gong ji"}, {u"给予", "ji yu"},
    {u"仔细", "zi xi"}, {u"牛仔", "niu zai"}, {u"地产", "di chan"}, {u"土地", "tu di"}, {u"绿地", "lv di"},
    {u"宝藏", "bao zang"}, {u"收藏", "shou cang"}, {u"曲线", "qu xian"}, {u"歌曲", "ge qu"}, {u"弹簧", "tan huang"},
    {u"弹性", "tan xing"}, {u"差旅", "chai lv"}, {u"出差", "chu chai"}, {u"朝鲜", "chao xian"}, {u"降落", "jiang luo"},
    {u"处理", "chu li"}, {u"处方", "chu fang"}, {u"薄荷", "bo he"}, {u"血液", "xue ye"}, {u"便宜", "pian yi"},
    {u"便利", "bian li"}, {u"校准", "jiao zhun"}, {u"扎染", "za ran"}, {u"咖喱", "ga li"}, {u"咖啡", "ka fei"},
    {u"可乐", "ke le"}, {u"快乐", "kuai le"}, {u"娱乐", "yu le"}, {u"百乐", "bai le"}, {u"长期", "chang qi"},
    {u"长远", "chang yuan"}, {u"延长", "yan chang"}, {u"成长", "cheng zhang"}, {u"增长", "zeng zhang"},
    {u"校长", "xiao zhang"}, {u"董事长", "dong shi zhang"}, {u"会长", "hui zhang"}, {u"行长", "hang zhang"},
    {u"了解", "liao jie"}, {u"解放", "jie fang"}, {u"解决", "jie jue"}, {u"单位", "dan wei"}, {u"单元", "dan yuan"},
    {u"订单", "ding dan"}, {u"名单", "ming dan"}, {u"区域", "qu yu"}, {u"查询", "cha xun"}, {u"查看", "cha kan"},
    {u"检查", "jian cha"}, {u"线索", "xian suo"}, {u"还款", "huan kuan"}, {u"回款", "hui kuan"}, {u"还是", "hai shi"},
    {u"数据", "shu ju"}, {u"数码", "shu ma"}, {u"数字", "shu zi"}, {u"应用", "ying yong"}, {u"供应", "gong ying"},
    {u"相册", "xiang ce"}, {u"中国", "zhong guo"}, {u"中心", "zhong xin"}, {u"中信", "zhong xin"},
    {u"大夫", "dai fu"}, {u"大厦", "da sha"}, {u"华为", "hua wei"}, {u"阿里", "a li"}, {u"信息", "xin xi"},
    {u"更新", "geng xin"}, {u"任务", "ren wu"}, {u"分配", "fen pei"}, {u"没收", "mo shou"}, {u"暴露", "bao lu"},
    {nullptr, nullptr}};

const Word surnames[] = {
    {u"尉迟", "yu chi"}, {u"万俟", "mo qi"}, {u"长孙", "zhang sun"}, {u"单于", "chan yu"}, {u"澹台", "tan tai"},
    {u"令狐", "ling hu"}, {u"宇文", "yu wen"}, {u"鲜于", "xian yu"}, {u"闾丘", "lv qiu"}, {u"亓官", "qi guan"},
    {u"皇甫", "huang fu"}, {u"濮阳", "pu yang"}, {u"贺若", "he ruo"}, {u"曾", "zeng"}, {u"单", "shan"}, {u"仇", "qiu"},
    {u"解", "xie"}, {u"区", "ou"}, {u"翟", "zhai"}, {u"查", "zha"}, {u"乐", "yue"}, {u"朴", "piao"}, {u"盖", "ge"},
    {u"缪", "miao"}, {u"任", "ren"}, {u"覃", "qin"}, {u"召", "shao"}, {u"晟", "cheng"}, {u"冼", "xian"}, {u"洗", "xian"},
    {u"秘", "bi"}, {u"折", "she"}, {u"黑", "he"}, {u"繁", "po"}, {u"种", "chong"}, {u"重", "chong"}, {u"那", "na"},
    {u"能", "nai"}, {u"员", "yun"}, {u"贠", "yun"}, {u"燕", "yan"}, {u"华", "hua"}, {u"纪", "ji"}, {u"宁", "ning"},
    {u"葛", "ge"}, {u"哈", "ha"}, {u"隗", "wei"}, {u"郗", "xi"}, {u"郇", "xun"}, {u"牟", "mou"}, {u"晁", "chao"},
    {u"谌", "chen"}, {u"都", "du"}, {u"阚", "kan"}, {u"车", "che"}, {u"尹", "yin"}, {u"尉", "wei"}, {u"於", "yu"},
    {u"幸", "xing"}, {u"相", "xiang"}, {u"柏", "bai"}, {u"薄", "bo"}, {u"卜", "bu"}, {u"晏", "yan"}, {u"逄", "pang"},
    {u"過", "guo"}, {u"过", "guo"}, {u"石", "shi"}, {u"沈", "shen"}, {u"降", "jiang"}, {u"行", "xing"}, {u"藏", "zang"},
    {u"曲", "qu"}, {u"祭", "zhai"}, {u"句", "gou"}, {u"少", "shao"}, {u"應", "ying"}, {u"应", "ying"}, {u"强", "qiang"},
    {u"肖", "xiao"}, {u"舍", "she"}, {u"占", "zhan"}, {u"颉", "xie"}, {u"缴", "jiao"}, {u"教", "jiao"}, {u"俞", "yu"},
    {u"佴", "nai"}, {u"乜", "nie"}, {u"麴", "qu"}, {u"粘", "nian"}, {u"仝", "tong"}, {u"妫", "gui"}, {u"盛", "sheng"},
    {u"呙", "guo"}, {u"撒", "sa"}, {u"莘", "shen"}, {u"眭", "sui"}, {u"宓", "mi"}, {u"郄", "qie"}, {u"贾", "jia"},
    {u"賈", "jia"}, {u"單", "shan"}, {u"區", "ou"}, {u"樂", "yue"}, {u"蓋", "ge"}, {u"長孫", "zhang sun"},
    {u"尉遲", "yu chi"}, {u"員", "yun"}, {u"葉", "ye"}, {u"叶", "ye"},
    {nullptr, nullptr}};

} // namespace tz::pinyin::table
