"""Names and relations that the division files do not hold."""

# Functions that every district has, and how its department is called.
DEPARTMENTS = (
    ("城管执法", "城市管理行政执法局", "Urban Management Law Enforcement Bureau"),
    ("生态环境", "生态环境局", "Ecology and Environment Bureau"),
    ("建设管理", "建设和管理委员会", "Construction and Management Commission"),
    ("房屋管理", "住房保障和房屋管理局", "Housing Bureau"),
    ("绿化市容", "绿化和市容管理局", "Greenery and City Appearance Bureau"),
    ("市场监管", "市场监督管理局", "Market Supervision Bureau"),
    ("公安", "公安分局", "Police"),
    ("消防", "消防救援支队", "Fire and Rescue"),
    ("应急", "应急管理局", "Emergency Management Bureau"),
    ("教育", "教育局", "Education Bureau"),
    ("卫生健康", "卫生健康委员会", "Health Commission"),
    ("人力资源社会保障", "人力资源和社会保障局", "Human Resources and Social Security Bureau"),
    ("医疗保障", "医疗保障局", "Medical Insurance Bureau"),
    ("民政", "民政局", "Civil Affairs Bureau"),
    ("退役军人", "退役军人事务局", "Veterans Affairs Bureau"),
    ("规划资源", "规划和自然资源局", "Planning and Natural Resources Bureau"),
    ("文化旅游", "文化和旅游局", "Culture and Tourism Bureau"),
    ("体育", "体育局", "Sports Bureau"),
    ("商务", "商务委员会", "Commerce Commission"),
    ("发展改革", "发展和改革委员会", "Development and Reform Commission"),
    ("司法", "司法局", "Justice Bureau"),
    ("税务", "税务局", "Tax Bureau"),
    ("政务服务", "政务服务办公室", "Government Services Office"),
    ("投资促进", "投资促进服务办公室", "Investment Promotion Office"),
    ("信访", "信访办公室", "Petitions Office"),
    ("宣传", "党委宣传部", "Publicity Department"),
    ("纪检监察", "纪委监委", "Discipline Inspection Commission"),
)

# Functions that only the districts outside the centre keep apart; in the centre the Construction
# and Management Commission answers for them.
OUTER_DEPARTMENTS = (
    ("水务", "水务局", "Water Bureau"),
    ("交通", "交通委员会", "Transport Commission"),
    ("农业农村", "农业农村委员会", "Agriculture and Rural Affairs Commission"),
)

DISTRICTS_EN = {
    "310101": "Huangpu", "310104": "Xuhui", "310105": "Changning", "310106": "Jing'an",
    "310107": "Putuo", "310109": "Hongkou", "310110": "Yangpu", "310112": "Minhang",
    "310113": "Baoshan", "310114": "Jiading", "310115": "Pudong", "310116": "Jinshan",
    "310117": "Songjiang", "310118": "Qingpu", "310120": "Fengxian", "310151": "Chongming",
}

CENTRAL_DISTRICTS = ("310101", "310104", "310105", "310106", "310107", "310109", "310110")
PUDONG = "310115"

# Pudong has one commission for construction and transport, and one bureau for culture and sport.
DEPARTMENTS_OF_PUDONG = {
    "建设管理": ("浦东新区建设和交通委员会", "Pudong Construction and Transport Commission"),
    "文化旅游": ("浦东新区文化体育和旅游局", "Pudong Culture, Sports and Tourism Bureau"),
}
HOSTS_IN_PUDONG = {"交通": "建设管理", "体育": "文化旅游"}
HOST_IN_CENTRE = "建设管理"

# Function -> letters of a unit's id.
LETTERS = {
    "城管执法": "cg", "生态环境": "hb", "建设管理": "jg", "房屋管理": "fg", "绿化市容": "lr",
    "市场监管": "sj", "公安": "ga", "消防": "xf", "应急": "yj", "教育": "jy", "卫生健康": "wj",
    "人力资源社会保障": "rs", "医疗保障": "yb", "民政": "mz", "退役军人": "tj", "规划资源": "gz",
    "文化旅游": "wl", "体育": "ty", "商务": "sw", "发展改革": "fgw", "司法": "sf", "税务": "sh",
    "政务服务": "zw", "投资促进": "tc", "信访": "xb", "宣传": "xc", "纪检监察": "jw", "水务": "shw",
    "交通": "jt", "农业农村": "ny",
}

# City level: departments of the city, and firms that answer for a network.
BUREAUS = (
    ("office", "市民服务热线办公室", "Citizen Hotline Office"),
    ("tongguan", "市通信管理局", "Communications Administration"),
    ("youzheng", "市邮政管理局", "Postal Administration"),
    ("jinrong", "市委金融办", "Financial Office"),
    ("guozi", "市国有资产监督管理委员会", "State-owned Assets Commission"),
    ("kewei", "市科学技术委员会", "Science and Technology Commission"),
    ("jiaotong", "市交通委员会", "Transport Commission"),
    ("gongjijin", "市公积金管理中心", "Housing Fund Centre"),
    ("kaoshi", "市教育考试院", "Education Examinations Authority"),
    ("minzong", "市民族和宗教事务局", "Ethnic and Religious Affairs Bureau"),
    ("qixiang", "市气象局", "Meteorological Bureau"),
    ("gonghui", "市总工会", "Federation of Trade Unions"),
    ("canlian", "市残疾人联合会", "Disabled Persons' Federation"),
    ("shentong", "申通地铁集团", "Metro operator"),
    ("shuiwujituan", "城投水务集团", "Water supply company"),
    ("ranqi", "上海燃气集团", "Gas supply company"),
    ("dianli", "市电力公司", "Power supply company"),
)

# Parks and farms: the town that answers in their place. The others have a committee of their own.
# A first list; the district confirms it.
HOSTS = {
    "310104501": "310104012",
    "310113501": "310113106",
    "310115401": "310115145",
    "310115402": "310115144",
    "310115403": "310115139",
    "310115502": "310115120",
    "310115503": "310115125",
    "310117501": "310117004",
    "310117504": "310117103",
    "310117507": "310117104",
    "310120503": "310120123",
    "310151401": "310151116",
    "310151402": "310151115",
    "310151501": "310151110",
}
COMMITTEES = ("310112501", "310114401", "310114501", "310115501", "310116503")

# Sections of each 街镇 (level 4), which 二次派单 reaches: letters of the id, name, English name.
# A first list: most towns have more, and each names its own.
SECTIONS = (
    ("cy", "城市运行管理中心", "City Operations Centre"),
    ("sg", "社区管理办公室", "Community Management Office"),
)

# Towns whose name without 街道, 镇 or 乡 is a place name of its own. Road names and everyday words
# are left out: 南京东路 crosses several towns, 建设 is no place.
SHORT_NAMES = (
    "徐家汇 田林 龙华 华泾 康健新村 仙霞新村 北新泾 新泾 静安寺 曹家渡 彭浦新村 彭浦 "
    "曹杨新村 长风新村 真如镇 桃浦 凉城新村 北外滩 长白新村 延吉新村 五角场 新江湾城 殷行 "
    "莘庄 七宝 颛桥 华漕 梅陇 吴泾 马桥 罗店 杨行 月浦 罗泾 顾村 高境 庙行 淞南 张庙 "
    "南翔 安亭 马陆 外冈 潍坊新村 陆家嘴 周家渡 塘桥 上钢新村 南码头 沪东新村 "
    "金杨新村 洋泾 川沙 北蔡 合庆 曹路 金桥 高东 张江 三林 惠南 周浦 "
    "康桥 航头 祝桥 泥城 宣桥 万祥 老港 南汇新城 朱泾 枫泾 张堰 亭林 吕巷 廊下 "
    "金山卫 漕泾 广富林 九里亭 泗泾 佘山 车墩 洞泾 九亭 泖港 石湖荡 新浜 叶榭 小昆山 "
    "夏阳 盈浦 香花桥 朱家角 练塘 金泽 赵巷 徐泾 重固 白鹤 奉浦 南桥 奉城 庄行 金汇 四团 青村 "
    "柘林 城桥 竖新 港沿 绿华 横沙"
).split()

# Well-known places, and the town in which they lie.
LANDMARKS = {
    "310101002": ("人民广场",),
    "310101013": ("外滩",),
    "310101018": ("豫园", "城隍庙"),
    "310101022": ("新天地",),
    "310101021": ("田子坊",),
    "310106013": ("静安寺地铁站",),
    "310106015": ("上海火车站",),
    "310107005": ("曹杨八村",),
    "310109018": ("北外滩滨江",),
    "310110019": ("五角场商圈",),
    "310112008": ("虹桥火车站", "虹桥枢纽"),
    "310112102": ("七宝古镇",),
    "310114103": ("上海汽车城",),
    "310115005": ("东方明珠", "世纪大道"),
    "310115103": ("迪士尼",),
    "310115139": ("浦东机场",),
    "310115145": ("滴水湖", "临港新片区"),
    "310117103": ("佘山国家森林公园",),
    "310118102": ("朱家角古镇",),
    "310118106": ("国家会展中心",),
    "310151110": ("东滩湿地",),
}
