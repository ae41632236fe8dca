#ifndef OLD_HPP
#define OLD_HPP
#endif
